/** Owns what a state of the gallery is: one component as it can be met, drawn without a server. */
import type { ReactNode } from 'react';
import type { Drafts } from '../src/drafts/drafts.ts';
import type { FakeClient } from '../test/fakeClient.ts';

export interface State {
  /** `room/what`: its address in the gallery, and the name of its picture. */
  name: string;
  /** In CSS pixels; as wide as a phone when left out. */
  width?: number;
  /** In CSS pixels; as high as its contents when left out. */
  height?: number;
  /** It opens above the page: the picture is of the whole window. */
  above?: boolean;
  /** It is looked at on a phone, which has fingers and no pointer. */
  phone?: boolean;
  /** Drawn in Arabic, from right to left. */
  rightToLeft?: boolean;
  /** What the SDK holds when it is drawn. */
  given?: (fake: FakeClient, drafts: Drafts) => void;
  draw: () => ReactNode;
  /** What somebody does to get there, where it is shown alone. */
  act?: (page: HTMLElement) => void | Promise<void>;
}
