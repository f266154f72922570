/** Owns what a draft is: the text and the files of a message that is being written, before it is sent. */
export interface ChosenFile {
  /** The same as long as the file is chosen. */
  key: string;
  file: File;
}

/** Immutable; keeps its identity while nothing changed. */
export interface Draft {
  /** As it is being written, blanks and all. */
  text: string;
  /** Chosen and not yet sent. They are in memory only: a page cannot keep files that it was lent. */
  files: readonly ChosenFile[];
  /** So many were chosen before the page was left, or when there were too many in all; they must be chosen again. */
  filesMissing: number;
}

export const noDraft: Draft = { text: '', files: [], filesMissing: 0 };

/** Worth a mark in the list. */
export function hasDraft({ text, files }: Draft): boolean {
  return files.length > 0 || text.trim() !== '';
}

/** Nothing that would be missed. */
export function isEmptyDraft({ text, files, filesMissing }: Draft): boolean {
  return text === '' && files.length === 0 && filesMissing === 0;
}
