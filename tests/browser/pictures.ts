/** Owns picking files, and which: a real picture, and one that says it is larger than may be. */
import { crc32, deflateSync } from 'node:zlib';
import { english } from '@natter/ui';
import { drawPicture } from '../../apps/natter/src/demo/pictures.ts';
import type { Person } from './person.ts';

interface PickedFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

export async function picture(): Promise<PickedFile> {
  const { data, file } = await drawPicture('hills');
  return { name: file, mimeType: 'image/jpeg', buffer: Buffer.from(data) };
}

export function textFile(bytes = 13): PickedFile {
  const buffer = Buffer.alloc(bytes, 'Bring water.\n');
  return { name: 'notes.txt', mimeType: 'text/plain', buffer };
}

/** A PNG whose header claims 7,200 × 7,200 pixels, a little more than are taken. */
export function hugePicture(): PickedFile {
  const side = Buffer.alloc(4);
  side.writeUInt32BE(7_200);
  const header = Buffer.concat([side, side, Buffer.from([1, 0, 0, 0, 0])]);
  const buffer = Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(901))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  return { name: 'poster.png', mimeType: 'image/png', buffer };
}

/** By the button, as a person does. */
export async function pick({ page, button }: Person, file: PickedFile): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await button(english.composer.attach).click();
  await (await chooser).setFiles(file);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
