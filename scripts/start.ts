/**
 * Owns `npm start`: the web app built if need be, then the program with its demo, in one process, so that
 * a signal that npm passes on reaches the program and nothing is left running.
 */
import { buildWeb } from './buildWeb.ts';

process.env.NATTER_DEMO ??= '1';
buildWeb();
await import('../apps/natter/src/main.ts');
