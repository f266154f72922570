/** Owns where a long file name may be cut: in its middle, since its end says what it is. */
export interface FileNameParts {
  start: string;
  /** Never cut: the last letters of the name and its extension. */
  end: string;
  /** "PDF"; empty where the name does not say. */
  kind: string;
}

const endLetters = 6;
const extension = /\.([\p{L}\p{N}]{1,8})$/u;

export function splitFileName(name: string): FileNameParts {
  const found = extension.exec(name);
  const stem = found === null ? name : name.slice(0, found.index);
  // By whole characters, so that none is cut in two.
  const letters = [...new Intl.Segmenter().segment(stem)].map(({ segment }) => segment);
  const cut = Math.max(0, letters.length - endLetters);
  return {
    start: letters.slice(0, cut).join(''),
    end: letters.slice(cut).join('') + (found?.[0] ?? ''),
    kind: stem === '' ? '' : (found?.[1] ?? '').toUpperCase(),
  };
}
