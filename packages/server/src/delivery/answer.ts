/**
 * Owns what a handler gives back. The reply is written first and `tell` runs right after it, in one step: nothing
 * that happened later in a conversation can reach the caller's socket before the acknowledgement of its own change.
 */
export interface Answer<Result> {
  readonly result: Result;
  readonly tell?: () => void;
}
