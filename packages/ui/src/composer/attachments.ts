/** Owns which files a message may carry: how many, how large, and what is said about the rest. */
import type { Limits } from '@natter/protocol';
import { formatBytes } from '../formatting/size.ts';
import type { Texts } from '../texts/english.ts';

export interface ChosenFile {
  key: string;
  file: File;
}

export interface Admission {
  files: readonly ChosenFile[];
  /** Why something was left out; null when nothing was. */
  problem: string | null;
}

type FileLimits = Pick<Limits, 'attachmentsMax' | 'uploadBytesMax'>;

export function admitFiles(
  chosen: readonly ChosenFile[],
  added: readonly ChosenFile[],
  limits: FileLimits,
  texts: Texts,
  locale?: string,
): Admission {
  const files = [...chosen];
  let problem: string | null = null;
  for (const each of added) {
    const refusal = refuse(each.file, files.length, limits, texts, locale);
    if (refusal === null) files.push(each);
    else problem = refusal;
  }
  return { files, problem };
}

function refuse(
  file: File,
  count: number,
  limits: FileLimits,
  texts: Texts,
  locale?: string,
): string | null {
  if (file.size === 0) return texts.composer.fileEmpty(file.name);
  if (file.size > limits.uploadBytesMax) {
    return texts.composer.fileTooLarge(file.name, formatBytes(limits.uploadBytesMax, locale));
  }
  return count >= limits.attachmentsMax ? texts.composer.tooManyFiles(limits.attachmentsMax) : null;
}
