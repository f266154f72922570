/** Owns what becomes of a name that a user gave a file: something harmless to show and to save under. */
import { limits } from '@natter/protocol';

/** Control characters, and the invisible ones that make `exe.png` out of `gnp.exe`. */
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

export function safeFileName(given: string | null | undefined): string {
  const last = (given ?? '').toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const name = last.replace(unsafe, '').trim();
  if (name === '' || name === '.' || name === '..') return 'file';
  return shorten(name, limits.fileNameCharactersMax);
}

/** Keeps the extension. */
function shorten(name: string, max: number): string {
  if (name.length <= max) return name;
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 && name.length - dot <= 16 ? name.slice(dot) : '';
  const stem = name.slice(0, max - extension.length);
  return (stem.isWellFormed() ? stem : stem.slice(0, -1)) + extension;
}

/** The value of `Content-Disposition` (RFC 6266). A name of any script is said twice: plainly, and as it is. */
export function contentDisposition(kind: 'inline' | 'attachment', name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  if (plain === name) return `${kind}; filename="${plain}"`;
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
