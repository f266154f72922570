/** Owns what comes of reading a setting. The problem is the end of a sentence: `NATTER_PORT must be …`. */
export type Reading<Value> = { value: Value } | { problem: string };
