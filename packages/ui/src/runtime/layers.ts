/** Owns what an application is told of that opens above the page, so that its back button can close the topmost. */
export interface Layers {
  /** Something opened above the page; `close` closes it. Returns what to call when it has closed, however that came. */
  open(close: () => void): () => void;
}
