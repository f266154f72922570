/** Owns the form in which the demo's conversations are written down. */
import type { PictureName } from './pictures.ts';

export type Line = readonly [by: string, said: string | { picture: PictureName; text: string }];

/** What was said in one stretch, spread evenly over `hours`; it ended `hoursAgo` the first start. */
export interface Chapter {
  hoursAgo: number;
  hours: number;
  lines: readonly Line[];
}

export interface Script {
  /** Names the conversation for good: ids come from it. */
  key: string;
  kind: 'direct' | 'group';
  /** Groups only. */
  name: string | null;
  /** The first one began it. */
  members: readonly string[];
  /** Oldest first. */
  chapters: readonly Chapter[];
  /** How many of the newest each has not read; everyone else has read all. */
  unread: Readonly<Record<string, number>>;
}

export function linesOf(script: Script): readonly Line[] {
  return script.chapters.flatMap((chapter) => chapter.lines);
}
