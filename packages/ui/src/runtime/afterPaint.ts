/** Owns waiting until what is drawn now is on the screen: what only adds to it must not keep it back. */

/** Returns its undo. A page that nobody sees paints when somebody does. */
export function afterPaint(call: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const frame = requestAnimationFrame(() => {
    timer = setTimeout(call);
  });
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}
