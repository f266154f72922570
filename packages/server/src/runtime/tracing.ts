/**
 * Owns the spans of calls, for a host that has registered an OpenTelemetry SDK; without one a call costs one object
 * more. A span tells the method, how long it took and how it was refused: nothing of who called, or of what was said.
 */
import { NatterError } from '@natter/protocol';
import { context, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

const tracer = trace.getTracer('natter');

/** What `call` begins, such as queries that are traced too, belongs to its span. A rejection stays one. */
export function traced<Result>(method: string, call: () => Promise<Result>): Promise<Result> {
  const span = tracer.startSpan(method, {
    kind: SpanKind.SERVER,
    attributes: { 'rpc.system.name': 'natter', 'rpc.method': method },
  });
  if (!span.isRecording()) return call();
  return context.with(trace.setSpan(context.active(), span), () => ended(span, call));
}

async function ended<Result>(span: Span, call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    const code = error instanceof NatterError ? error.code : 'internal';
    span.setAttribute('error.type', code);
    if (code === 'internal') span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}
