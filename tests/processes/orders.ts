/** Owns what the checker and a device tell one another. */
import type { ConversationId } from '@natter/protocol';
import type { FinalConversation } from './history.ts';

export interface Setup {
  name: string;
  url: string;
  history: string;
  seed: number;
  conversationIds: readonly ConversationId[];
  /** Between two things it does while it talks. */
  everyMs: number;
  /** Of one conversation: while this many are being sent, it writes no more. */
  waitingMax: number;
}

export type Order =
  | { do: 'token'; token: string }
  | { do: 'talk' }
  | { do: 'hush' }
  | { do: 'write'; count: number; size: number }
  | { do: 'nudge' }
  | { do: 'look' }
  | { do: 'finish' }
  | { do: 'shift'; ms: number };

export interface Look {
  synced: boolean;
  sending: number;
  conversations: Record<string, Omit<FinalConversation, 'rows'> & { lastSeq: number }>;
}

export type Report =
  | { say: 'token' }
  | { say: 'acknowledged'; count: number }
  | { say: 'refused'; code: string; message: string }
  | { say: 'status'; status: string }
  | { say: 'look'; look: Look }
  | { say: 'finished' };
