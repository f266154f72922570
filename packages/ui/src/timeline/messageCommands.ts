/** Owns what can be done with a message. */
import type { TimelineMessage } from '@natter/client';

/** One object for all rows, so that they keep their identity. */
export interface MessageCommands {
  copy: (message: TimelineMessage) => void;
  /** Null where messages have no address. */
  copyLink: ((message: TimelineMessage) => void) | null;
  /** Null where there is nothing to edit it in. */
  edit: ((message: TimelineMessage) => void) | null;
  /** Shows who has got and read it. */
  details: (message: TimelineMessage) => void;
  /** Asks first. */
  delete: (message: TimelineMessage) => void;
  resend: (message: TimelineMessage) => void;
  discard: (message: TimelineMessage) => void;
}
