import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { limits } from '@natter/protocol';
import sharp from 'sharp';
import { thumbHashToApproximateAspectRatio } from 'thumbhash';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { imageBounds, imageFamily, makeImage } from './images.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'natter-images-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let count = 0;
async function onDisk(data: Uint8Array): Promise<string> {
  count += 1;
  const path = join(folder, String(count));
  await writeFile(path, data);
  return path;
}
const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 80, b: 40 } } });

it('[FILES3] a photo is turned upright, and place and time are gone', async () => {
  const photo = await plain(300, 200)
    .jpeg()
    .withExif({
      IFD0: { Orientation: '6', Make: 'Camera' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 0/1' },
    })
    .withMetadata({ orientation: 6 })
    .toBuffer();
  expect((await sharp(photo).metadata()).exif?.length).toBeGreaterThan(0);

  const made = await makeImage(await onDisk(photo), 'jpeg', limits);
  expect([made.width, made.height]).toEqual([200, 300]);
  for (const data of [made.data, made.thumbnail]) {
    const { exif, xmp, iptc, icc, orientation } = await sharp(data).metadata();
    expect({ exif, xmp, iptc, icc, orientation }).toEqual({});
  }
});

it('[FILES3] each family stays what it is, with a thumbnail and a hash of its shape', async () => {
  const sources = {
    png: await plain(900, 300).png().toBuffer(),
    jpeg: await plain(900, 300).jpeg().toBuffer(),
    webp: await plain(900, 300).webp().toBuffer(),
    gif: await plain(900, 300).gif().toBuffer(),
  } as const;
  for (const family of ['png', 'jpeg', 'webp', 'gif'] as const) {
    const made = await makeImage(await onDisk(sources[family]), family, limits);
    expect(made).toMatchObject({ mediaType: `image/${family}`, width: 900, height: 300 });
    expect((await sharp(made.data).metadata()).format).toBe(family);
    const thumbnail = await sharp(made.thumbnail).metadata();
    expect(thumbnail).toMatchObject({ format: 'webp', width: 480, height: 160 });
    const hash = Buffer.from(made.thumbhash, 'base64');
    expect(hash.length).toBeLessThanOrEqual(25);
    expect(thumbHashToApproximateAspectRatio(hash)).toBeGreaterThan(2);
  }
});

it('[FILES3] a large image is made smaller, a small one is left at its size', async () => {
  const large = await makeImage(
    await onDisk(await plain(6_000, 3_000).png().toBuffer()),
    'png',
    limits,
  );
  expect([large.width, large.height]).toEqual([imageBounds.edgeMax, 2_048]);
  const tiny = await makeImage(await onDisk(await plain(1, 1).png().toBuffer()), 'png', limits);
  expect([tiny.width, tiny.height]).toEqual([1, 1]);
});

it('[FILES3] what moves keeps moving', async () => {
  for (const family of ['gif', 'webp'] as const) {
    const made = await makeImage(await onDisk(await moving(family, 40, 30, 5)), family, limits);
    expect([made.width, made.height]).toEqual([40, 30]);
    const { pages, delay } = await sharp(made.data, { animated: true }).metadata();
    expect(pages).toBe(5);
    expect(delay).toEqual([100, 100, 100, 100, 100]);
    expect((await sharp(made.thumbnail).metadata()).pages).toBeUndefined();
  }
});

it('[FILES3] transparency survives', async () => {
  const source = sharp({
    create: { width: 20, height: 20, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
  });
  const made = await makeImage(await onDisk(await source.png().toBuffer()), 'png', limits);
  expect((await sharp(made.data).stats()).isOpaque).toBe(false);
});

it('[FILES3] a picture of 20,000 × 20,000 pixels is refused by its header', async () => {
  const path = await onDisk(pngOfHeader(20_000, 20_000));
  await expect(makeImage(path, 'png', limits)).rejects.toMatchObject({
    code: 'tooLarge',
    message: expect.stringContaining('50 megapixels'),
  });
});

it('[FILES3] the frames of an animation count together', async () => {
  const path = await onDisk(await moving('gif', 100, 100, 30));
  const pixels = 100 * 100 * 30;
  await expect(
    makeImage(path, 'gif', { ...limits, imagePixelsMax: pixels }),
  ).resolves.toBeDefined();
  await expect(
    makeImage(path, 'gif', { ...limits, imagePixelsMax: pixels - 1 }),
  ).rejects.toMatchObject({ code: 'tooLarge', message: expect.stringContaining('frames') });
});

it('[FILES3] an animation of very many small frames is refused', async () => {
  const path = await onDisk(await moving('gif', 1, 1, imageBounds.framesMax + 1));
  await expect(makeImage(path, 'gif', limits)).rejects.toMatchObject({ code: 'tooLarge' });
});

it('[FILES3] a JPEG of very many scans is refused: each is all of it, read once more', async () => {
  const { scansMax } = imageBounds;
  const most = await onDisk(await jpegOfScans(scansMax));
  await expect(makeImage(most, 'jpeg', limits)).resolves.toBeDefined();
  const more = await onDisk(await jpegOfScans(scansMax + 1));
  await expect(makeImage(more, 'jpeg', limits)).rejects.toMatchObject({
    code: 'tooLarge',
    message: expect.stringContaining('scans'),
  });
});

it('[FILES3] what stands behind a JPEG, or beside its pixels, is no scan of it', async () => {
  const likeScans = Buffer.alloc(2_046, Buffer.from([0xff, 0xda]));
  const photo = await plain(8, 8).jpeg({ progressive: true }).toBuffer();
  const behind = Buffer.concat([photo, likeScans]);
  const note = Buffer.from([0xff, 0xe9, 0x08, 0x00]);
  const beside = Buffer.concat([photo.subarray(0, 2), note, likeScans, photo.subarray(2)]);
  for (const image of [behind, beside])
    await expect(makeImage(await onDisk(image), 'jpeg', limits)).resolves.toBeDefined();
});

it('[FILES3] what claims to be an image and cannot be read is refused', async () => {
  const whole = await plain(500, 500).png().toBuffer();
  for (const broken of [
    whole.subarray(0, 60),
    Buffer.concat([whole.subarray(0, 100), Buffer.alloc(500, 7)]),
    pngOfHeader(100, 100),
  ]) {
    await expect(makeImage(await onDisk(broken), 'png', limits)).rejects.toMatchObject({
      code: 'unsupportedFile',
    });
  }
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>';
  await expect(makeImage(await onDisk(Buffer.from(svg)), 'png', limits)).rejects.toMatchObject({
    code: 'unsupportedFile',
  });
});

it('[FILES3] four types are images, and no other', () => {
  for (const type of ['image/png', 'image/jpeg', 'image/gif', 'image/webp']) {
    expect(imageFamily(type)).not.toBeNull();
  }
  for (const type of [
    'image/svg+xml',
    'application/xml',
    'text/html',
    'image/tiff',
    'image/heic',
  ]) {
    expect(imageFamily(type)).toBeNull();
  }
});

async function moving(family: 'gif' | 'webp', width: number, height: number, frames: number) {
  const pixels = Buffer.alloc(width * height * frames * 3);
  for (let frame = 0; frame < frames; frame++) {
    const from = frame * width * height * 3;
    pixels.fill((frame * 37) % 256, from, from + width * height * 3);
    pixels[from] = frame % 256;
    pixels[from + 1] = (frame >> 8) * 50;
  }
  const raw = { width, height: height * frames, channels: 3, pageHeight: height } as const;
  const image = sharp(pixels, { raw });
  const delay = Array.from({ length: frames }, () => 100);
  return family === 'gif'
    ? image.gif({ delay, loop: 0 }).toBuffer()
    : image.webp({ delay, loop: 0, lossless: true }).toBuffer();
}

/** One block; the scans after the first bring it nothing, one bit of one coefficient each. */
async function jpegOfScans(count: number): Promise<Buffer> {
  const whole = await plain(8, 8).greyscale().jpeg({ progressive: true }).toBuffer();
  const first = whole.indexOf(Buffer.from([0xff, 0xda]));
  const second = whole.indexOf(0xff, first + 2);
  const bitsMax = 13;
  const scans = Array.from({ length: count - 1 }, (_, at) => {
    const coefficient = 1 + Math.floor(at / (bitsMax + 1));
    const bit = bitsMax - (at % (bitsMax + 1));
    const before = bit === bitsMax ? 0 : bit + 1;
    const head = [0xff, 0xda, 0, 8, 1, 1, 0, coefficient, coefficient, (before << 4) | bit];
    return Buffer.from([...head, 0x7f]);
  });
  // Its only code, of one bit, ends the block.
  const codes = Buffer.from([0xff, 0xc4, 0, 20, 0x10, 1, ...Buffer.alloc(15), 0]);
  return Buffer.concat([whole.subarray(0, second), codes, ...scans, Buffer.from([0xff, 0xd9])]);
}

/** A PNG that says how large it is and has hardly any pixels. */
function pngOfHeader(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const chunk = (type: string, data: Uint8Array) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(10))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
