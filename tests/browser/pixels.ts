/** Owns comparing pictures. They are reduced to a quarter first, where how a letter's edge is drawn no longer shows. */
import sharp from 'sharp';

/** A quarter as wide and as high, as PNG. */
export async function reduce(png: Buffer): Promise<Buffer> {
  const { width, height } = await sharp(png).metadata();
  return sharp(png)
    .removeAlpha()
    .resize(Math.ceil(width / 4), Math.ceil(height / 4), { fit: 'fill', kernel: 'linear' })
    .png({ palette: true, colours: 64, dither: 0 })
    .toBuffer();
}

/** A point differs when one of its colours does by more. */
const toneMax = 40;

/** Which part of the points differs, 0 to 1; 1 where the sizes do. */
export async function differenceOf(one: Buffer, other: Buffer): Promise<number> {
  const [a, b] = await Promise.all([raw(one), raw(other)]);
  if (a.info.width !== b.info.width || Math.abs(a.info.height - b.info.height) > 1) return 1;
  const points = a.info.width * Math.min(a.info.height, b.info.height);
  let differing = 0;
  for (let at = 0; at < points * 3; at += 3) {
    const differs = [0, 1, 2].some(
      (tone) => Math.abs((a.data[at + tone] ?? 0) - (b.data[at + tone] ?? 0)) > toneMax,
    );
    if (differs) differing += 1;
  }
  return differing / points;
}

function raw(png: Buffer) {
  return sharp(png).removeAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
}
