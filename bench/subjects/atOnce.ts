/** Imported first, it makes Natter write every event at once, so that what gathering costs can be seen beside it. */
import { registerHooks } from 'node:module';

const flusher = new URL('../../packages/server/src/connection/flusher.ts', import.meta.url).href;
const ours = new URL('./atOnce.flusher.ts', import.meta.url).href;

registerHooks({
  resolve(specifier, context, nextResolve) {
    const resolved = nextResolve(specifier, context);
    return resolved.url === flusher ? { ...resolved, url: ours } : resolved;
  },
});
