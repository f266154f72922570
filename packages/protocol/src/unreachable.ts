/** Ends every `switch` over a union: the compiler refuses a case that is forgotten. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
