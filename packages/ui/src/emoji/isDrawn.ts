/** Owns finding out whether this device can draw an emoji: what has no picture takes the colour of text, or falls apart. */
const side = 24;
const font = `${side}px "Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji", "Twemoji Mozilla", sans-serif`;

export function isDrawn(emoji: string): boolean {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return false;
  context.font = font;
  context.textBaseline = 'top';
  // A sequence that is not known is drawn as its parts, one beside the other.
  if (context.measureText(emoji).width > side * 1.8) return false;
  const [red, blue] = ['#f00', '#00f'].map((colour) => {
    context.clearRect(0, 0, side, side);
    context.fillStyle = colour;
    context.fillText(emoji, 0, 0);
    return context.getImageData(0, 0, side, side).data.join();
  });
  return red === blue;
}
