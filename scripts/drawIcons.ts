/** Draws the icons of the installed app from its one drawing. Run it when the drawing changes: `node scripts/drawIcons.ts`. */
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const { default: sharp } = await import(
  createRequire(resolve('packages/server/package.json')).resolve('sharp')
);
const mark =
  '<path d="M8 11.5A3.5 3.5 0 0 1 11.5 8h9a3.5 3.5 0 0 1 3.5 3.5v6a3.5 3.5 0 0 1-3.5 3.5h-4.3L11 25v-4a3.5 3.5 0 0 1-3-3.5z" fill="#fff"/>';

/** `round`: with its own corners. Else it fills the square, with the mark inside the circle that every mask leaves. */
function draw(round: boolean): string {
  const inner = round ? mark : `<g transform="translate(4.2 4.2) scale(.74)">${mark}</g>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="${round ? 9 : 0}" fill="#4a4fd3"/>${inner}</svg>`;
}

for (const [name, size, round] of [
  ['icon-192', 192, true],
  ['icon-512', 512, true],
  ['maskable-512', 512, false],
  ['apple-touch-icon', 180, false],
] as const)
  await sharp(Buffer.from(draw(round)), { density: 72 * (size / 32) })
    .resize(size, size)
    .png({ compressionLevel: 9, palette: true })
    .toFile(`apps/web/public/icons/${name}.png`);
