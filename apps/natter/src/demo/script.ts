/** Owns the form in which the demo's conversations are written down. */
import type { PictureName } from './pictures.ts';

export type Line = readonly [by: string, said: string | { picture: PictureName; text: string }];

export interface Script {
  /** Names the conversation for good: ids come from it. */
  key: string;
  kind: 'direct' | 'group';
  /** Groups only. */
  name: string | null;
  /** The first one began it. */
  members: readonly string[];
  lines: readonly Line[];
  /** How many of the newest each has not read; everyone else has read all. */
  unread: Readonly<Record<string, number>>;
}
