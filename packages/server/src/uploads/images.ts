/**
 * Owns what becomes of an uploaded image: read anew and written anew, so that nothing of the original but its
 * pixels remains. Turned upright, without what the camera wrote (place and time), bounded in pixels. The header is
 * judged before anything is unpacked.
 */
import { readFile } from 'node:fs/promises';
import { type Limits, NatterError } from '@natter/protocol';
import sharp, { type Sharp } from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import { countScans } from './jpegScans.ts';

export const imageBounds = {
  edgeMax: 4_096,
  thumbnailEdge: 480,
  hashEdge: 100,
  framesMax: 1_000,
  /** Of a JPEG. Each costs as much as all its pixels, in time that nothing cuts short; encoders write about ten. */
  scansMax: 100,
  seconds: 30,
} as const;

type Family = 'png' | 'jpeg' | 'gif' | 'webp';

/** By the type found from the content. Of an animated PNG the first frame is kept. */
const families: Readonly<Record<string, Family>> = {
  'image/png': 'png',
  'image/apng': 'png',
  'image/jpeg': 'jpeg',
  'image/gif': 'gif',
  'image/webp': 'webp',
};

export function imageFamily(mediaType: string): Family | null {
  return families[mediaType] ?? null;
}

export interface MadeImage {
  data: Uint8Array;
  mediaType: string;
  width: number;
  height: number;
  /** WebP. */
  thumbnail: Uint8Array;
  /** Base64. */
  thumbhash: string;
}

/** Rejects with `tooLarge`, or with `unsupportedFile` for what claims to be an image and cannot be read as one. */
export async function makeImage(path: string, family: Family, limits: Limits): Promise<MadeImage> {
  const animated = await judgeHeader(path, family, limits);
  try {
    const source = sharp(path, {
      limitInputPixels: limits.imagePixelsMax,
      failOn: 'error',
      animated,
    });
    const bounded = (animated ? source : source.autoOrient())
      .timeout({ seconds: imageBounds.seconds })
      .resize(inside(imageBounds.edgeMax));
    const { data, info } = await encode(bounded, family, animated).toBuffer({
      resolveWithObject: true,
    });
    return {
      data,
      mediaType: `image/${family}`,
      width: info.width,
      height: info.pageHeight ?? info.height,
      thumbnail: await small(data, imageBounds.thumbnailEdge).webp({ quality: 76 }).toBuffer(),
      thumbhash: await hash(data),
    };
  } catch (error) {
    throw unreadable(error);
  }
}

/** Says whether it moves; only the header is read. */
async function judgeHeader(path: string, family: Family, limits: Limits): Promise<boolean> {
  const canMove = family === 'gif' || family === 'webp';
  const header = await sharp(path, { limitInputPixels: false, animated: canMove })
    .metadata()
    .catch((error: unknown) => {
      throw unreadable(error);
    });
  if (header.format !== family) throw unreadable(new Error(`read as ${header.format}`));
  const frames = header.pages ?? 1;
  const pixels = header.width * (header.pageHeight ?? header.height) * frames;
  if (pixels > limits.imagePixelsMax) {
    const allowed = Math.floor(limits.imagePixelsMax / 1_000_000);
    throw new NatterError(
      'tooLarge',
      `unable to take the image: its ${frames > 1 ? 'frames have' : 'size is'} more than ${allowed} megapixels; make it smaller and try again`,
    );
  }
  if (frames > imageBounds.framesMax) {
    throw new NatterError(
      'tooLarge',
      `unable to take the image: it has more than ${imageBounds.framesMax} frames; make it shorter and try again`,
    );
  }
  if (family === 'jpeg' && countScans(await readFile(path)) > imageBounds.scansMax) {
    throw new NatterError(
      'tooLarge',
      `unable to take the image: it is built up in more than ${imageBounds.scansMax} scans; save it anew and try again`,
    );
  }
  return canMove && frames > 1;
}

function encode(image: Sharp, family: Family, animated: boolean): Sharp {
  switch (family) {
    case 'png':
      return image.png({ compressionLevel: 7 });
    case 'jpeg':
      return image.jpeg({ quality: 86 });
    case 'webp':
      return image.webp({ quality: 86, effort: animated ? 2 : 4 });
    case 'gif':
      return image.gif({ effort: 3 });
  }
}

function inside(edge: number) {
  return { width: edge, height: edge, fit: 'inside', withoutEnlargement: true } as const;
}

/** Of what moves, the first frame. */
function small(data: Uint8Array, edge: number): Sharp {
  return sharp(data).timeout({ seconds: imageBounds.seconds }).resize(inside(edge));
}

async function hash(data: Uint8Array): Promise<string> {
  const { data: rgba, info } = await small(data, imageBounds.hashEdge)
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return Buffer.from(rgbaToThumbHash(info.width, info.height, rgba)).toString('base64');
}

function unreadable(cause: unknown): NatterError {
  return new NatterError(
    'unsupportedFile',
    'unable to read the image: it is damaged or not what it claims to be; save it anew as PNG or JPEG and try again',
    { cause },
  );
}
