/** Owns how large an image shows: its room is taken before its bytes arrive, so that nothing jumps. */
export const imageBox = { widthMax: 360, heightMax: 320, sideMin: 96 } as const;

/** In CSS pixels, in proportion, never enlarged beyond the original. */
export function fitImage(
  width: number | null,
  height: number | null,
): { width: number; height: number } {
  if (width === null || height === null || width < 1 || height < 1)
    return { width: 240, height: 180 };
  const scale = Math.min(1, imageBox.widthMax / width, imageBox.heightMax / height);
  return {
    width: Math.max(imageBox.sideMin, Math.round(width * scale)),
    height: Math.max(imageBox.sideMin, Math.round(height * scale)),
  };
}
