/** Owns checking params against the schemas of the wire, compiled once. What does not fit never reaches a handler. */
import { type Method, NatterError } from '@natter/protocol';
import { methods } from '@natter/protocol/schemas';
import { Compile } from 'typebox/compile';

const validators = new Map(
  Object.entries(methods).map(([method, { params }]) => [method, Compile(params)]),
);

export function isMethod(name: string): name is Method {
  return validators.has(name);
}

/** Throws `badRequest`, naming the place that does not fit. */
export function checkParams(method: Method, params: unknown): void {
  const validator = validators.get(method);
  if (validator === undefined || validator.Check(params)) return;
  const [first] = validator.Errors(params);
  throw new NatterError(
    'badRequest',
    `unable to call ${method}: ${first === undefined ? 'params do not fit' : describe(first)}`,
  );
}

function describe(error: { instancePath: string; message: string }): string {
  const place = `params${error.instancePath.replaceAll('/', '.')}`.slice(0, 200);
  return `${place} ${error.message}`.slice(0, 400);
}
