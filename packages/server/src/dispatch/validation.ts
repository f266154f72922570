/** Owns checking params against the schemas of the wire, compiled once. What does not fit never reaches a handler. */
import { limits, type Method, NatterError } from '@natter/protocol';
import { methods } from '@natter/protocol/schemas';
import { Compile, type Validator } from 'typebox/compile';

const validators = new Map(
  Object.entries(methods).map(([method, { params }]) => [method, Compile(params)]),
);

export function isMethod(name: string): name is Method {
  return validators.has(name);
}

/** Throws `badRequest`, naming the place that does not fit. */
export function checkParams(method: Method, params: unknown): void {
  const validator = validators.get(method);
  if (validator === undefined) return;
  const fault = findLongArray(params) ?? findFault(validator, params);
  if (fault !== null) throw new NatterError('badRequest', `unable to call ${method}: ${fault}`);
}

/** No array of the wire is longer. */
const itemsMax = limits.watchedUsersMax;

/** Looked for first: what a frame can hold of items is dear to walk, and cheap to send. */
function findLongArray(params: unknown): string | null {
  if (typeof params !== 'object' || params === null) return null;
  for (const [name, value] of Object.entries(params)) {
    if (Array.isArray(value) && value.length > itemsMax)
      return `params.${name.slice(0, 64)} must not have more than ${itemsMax} items`;
  }
  return null;
}

function findFault(validator: Validator, params: unknown): string | null {
  try {
    if (validator.Check(params)) return null;
    const [first] = validator.Errors(params);
    return first === undefined ? 'params do not fit' : describe(first);
  } catch (error) {
    // Thousands of arrays in one another are more than the stack can hold.
    if (error instanceof RangeError) return 'params are too deep';
    throw error;
  }
}

function describe(error: { instancePath: string; message: string }): string {
  const place = `params${error.instancePath.replaceAll('/', '.')}`.slice(0, 200);
  return `${place} ${error.message}`.slice(0, 400);
}
