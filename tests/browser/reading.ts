/** Owns a reader and a past that is worth scrolling: where on screen they are in it, and what is still to come there. */
import type { ConversationId, Message } from '@natter/protocol';
import { writeAlbum } from './album.ts';
import type { App, PersonId } from './app.ts';
import { call, readHistory } from './calls.ts';
import { type Frame, record } from './frames.ts';
import type { Person } from './person.ts';
import { soon } from './soon.ts';

interface Past {
  messages: number;
  /** Every nth message has pictures. */
  pictureEvery?: number;
  /** So many at its end Ada has not read. */
  unread?: number;
}

/** By Grace and Mateo, for Ada to read. */
export async function writeHistory(
  app: App,
  title: string,
  { messages, pictureEvery = 4, unread = 0 }: Past,
): Promise<{ id: ConversationId; history: Message[] }> {
  const members: [PersonId, ...PersonId[]] = ['ada', 'grace', 'mateo'];
  const id = await writeAlbum(app, title, { members, messages, pictureEvery });
  const history = await readHistory(app, 'ada', id);
  await call(app, 'ada', 'markAsRead', { conversationId: id, seq: history.length - unread });
  return { id, history };
}

export async function frameOf(person: Person): Promise<Frame> {
  const [frame] = await (await record(person)).stop();
  if (frame === undefined) throw new Error('nothing is on screen');
  return frame;
}

/** Nothing loads, and what was scrolled has come to its end. */
export async function atRest(person: Person): Promise<void> {
  await soon(async () => {
    const frames = await (await record(person)).stop();
    return new Set(frames.map((frame) => JSON.stringify(frame))).size;
  }).toBe(1);
}

/** How much is loaded above and below of what is on screen, in pixels. */
export function place({ timeline }: Person): Promise<{ above: number; below: number }> {
  return timeline.evaluate((log) => ({
    above: log.scrollTop,
    below: log.scrollHeight - log.clientHeight - log.scrollTop,
  }));
}

export function isDrawn({ timeline }: Person, id: string | undefined): Promise<boolean> {
  return timeline.evaluate(
    (log, id) => log.querySelector(`[data-message-id="${id}"]`) !== null,
    id,
  );
}

/** Pictures whose place is still empty or blurred. */
export function picturesMissing({ timeline }: Person): Promise<number> {
  return timeline.evaluate(
    (log) =>
      [...log.querySelectorAll('.natter-image')].filter((image) => {
        const full = image.querySelector<HTMLImageElement>('.natter-image-full');
        return full === null || full.naturalWidth === 0;
      }).length,
  );
}
