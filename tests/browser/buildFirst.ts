/** Owns that the web app is built before any file's tests: files that run at once would build it over each other. */
import { buildWeb } from '../../scripts/buildWeb.ts';

export const setup = buildWeb;
