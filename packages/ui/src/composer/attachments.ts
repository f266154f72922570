/** Owns which files a message may carry: how many, how large, and what is said about the rest, by name. */
import type { Limits } from '@natter/protocol';
import type { ChosenFile } from '../drafts/draft.ts';
import { formatList } from '../formatting/list.ts';
import { formatBytes } from '../formatting/size.ts';
import type { Texts } from '../texts/english.ts';

export interface Refusals {
  /** Names of the files, by what is wrong with them. */
  tooMany: readonly string[];
  tooLarge: readonly string[];
  empty: readonly string[];
  unreadable: readonly string[];
}

export interface Admission {
  files: readonly ChosenFile[];
  refusals: Refusals;
}

type FileLimits = Pick<Limits, 'attachmentsMax' | 'uploadBytesMax'>;

export const noRefusals: Refusals = { tooMany: [], tooLarge: [], empty: [], unreadable: [] };

/** What fits is kept, in order; what does not is named. */
export function admitFiles(
  chosen: readonly ChosenFile[],
  added: readonly ChosenFile[],
  { attachmentsMax, uploadBytesMax }: FileLimits,
): Admission {
  const files = [...chosen];
  const tooMany: string[] = [];
  const tooLarge: string[] = [];
  const empty: string[] = [];
  for (const each of added) {
    const { name, size } = each.file;
    if (size === 0) empty.push(name);
    else if (size > uploadBytesMax) tooLarge.push(name);
    else if (files.length >= attachmentsMax) tooMany.push(name);
    else files.push(each);
  }
  return { files, refusals: { ...noRefusals, tooMany, tooLarge, empty } };
}

/** One sentence for each kind of refusal. */
export function tellRefusals(
  { tooMany, tooLarge, empty, unreadable }: Refusals,
  { attachmentsMax, uploadBytesMax }: FileLimits,
  texts: Texts,
  locale: string | undefined,
): string[] {
  const say = texts.composer;
  const named = (names: readonly string[]) => listNames(names, texts, locale);
  return [
    ...(tooMany.length > 0 ? [say.tooManyFiles(named(tooMany), attachmentsMax)] : []),
    ...(tooLarge.length > 0
      ? [say.filesTooLarge(named(tooLarge), formatBytes(uploadBytesMax, locale))]
      : []),
    ...(empty.length > 0 ? [say.filesEmpty(named(empty))] : []),
    ...(unreadable.length > 0 ? [say.filesUnreadable(named(unreadable))] : []),
  ];
}

const namesMax = 4;

function listNames(names: readonly string[], texts: Texts, locale: string | undefined): string {
  const more = names.length - namesMax;
  const listed = more > 0 ? [...names.slice(0, namesMax), texts.composer.filesMore(more)] : names;
  return formatList(listed, locale);
}

/** Moves one file to where another is; the others keep their order. */
export function moveFile(
  files: readonly ChosenFile[],
  key: string,
  to: number,
): readonly ChosenFile[] {
  const moved = files.find((each) => each.key === key);
  if (moved === undefined || to < 0 || to >= files.length) return files;
  const rest = files.filter((each) => each !== moved);
  return [...rest.slice(0, to), moved, ...rest.slice(to)];
}
