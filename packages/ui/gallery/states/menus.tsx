/** Owns the states of menus: of a message, of a conversation in the list; and of the buttons beside a message. */
import { Conversation } from '../../src/conversation/Conversation.tsx';
import { ConversationList } from '../../src/conversations/ConversationList.tsx';
import { mine } from '../../test/fakeClient.ts';
import { galleryNow } from '../frozenClock.ts';
import { askForMenu, find, press } from '../hands.ts';
import {
  arabicText,
  graceSays,
  here,
  longName,
  said,
  stage,
  wholePhone,
  wholeWindow,
  wrote,
} from '../scene.ts';
import type { State } from '../state.ts';

const talk = [
  said(1, 40, 'Good morning!'),
  said(2, 30, 'I can help after lunch', graceSays),
  wrote(3, 20, 'That would be great, thank you'),
];
const arabicTalk = [said(1, 40, arabicText), wrote(2, 20, 'بخير، شكرًا لك!')];
const notSent = [
  ...talk,
  mine({ seq: null, content: 'Not sent', status: 'failed', createdAt: galleryNow }),
];

const open = () => (
  <Conversation id={here} onBack={() => {}} messageLink={(id, seq) => `#${id}/${seq}`} />
);

const menu = (over: Partial<State> & { name: string }): State => ({
  ...wholeWindow,
  above: true,
  given: (fake) => stage(fake, talk),
  draw: open,
  ...over,
});

const myBubble = '[data-mine="true"] .natter-bubble';
const othersBubble = '[data-mine="false"] .natter-bubble';

function list(muted: boolean) {
  return (
    <ConversationList
      selectedId={null}
      onSelect={() => {}}
      mutedIds={new Set(muted ? [here] : [])}
      onMute={() => {}}
    />
  );
}

export const menuStates: readonly State[] = [
  menu({ name: 'menus/my message', act: (page) => askForMenu(page, myBubble) }),
  menu({ name: 'menus/the message of another', act: (page) => askForMenu(page, othersBubble) }),
  menu({
    name: 'menus/another’s, where I may delete',
    given: (fake) => stage(fake, talk, { role: 'owner' }),
    act: (page) => askForMenu(page, othersBubble),
  }),
  menu({
    name: 'menus/a message not sent',
    given: (fake) => stage(fake, notSent),
    act: (page) => askForMenu(page, '[data-status="failed"] .natter-bubble'),
  }),
  menu({
    name: 'menus/my message, phone',
    ...wholePhone,
    phone: true,
    act: (page) => askForMenu(page, myBubble),
  }),
  menu({
    name: 'menus/the message of another, phone',
    ...wholePhone,
    phone: true,
    act: (page) => askForMenu(page, othersBubble),
  }),
  menu({
    name: 'menus/right to left',
    rightToLeft: true,
    given: (fake) => stage(fake, arabicTalk),
    act: (page) => askForMenu(page, myBubble),
  }),
  menu({
    name: 'menus/beside a message',
    act: (page) => press(page, `${myBubble} .natter-message-more`),
  }),
  {
    name: 'menus/beside a message, closed',
    width: 820,
    height: 320,
    given: (fake) => stage(fake, talk),
    draw: open,
    act: async (page) => (await find(page, '[data-mine="true"]')).focus(),
  },
  menu({
    name: 'menus/conversation',
    width: 390,
    given: (fake) => stage(fake, talk),
    draw: () => list(false),
    act: (page) => askForMenu(page, '.natter-conversation-row'),
  }),
  menu({
    name: 'menus/muted conversation, long name, phone',
    ...wholePhone,
    phone: true,
    given: (fake) => stage(fake, talk, { title: longName, unreadCount: 7 }),
    draw: () => list(true),
    act: (page) => askForMenu(page, '.natter-conversation-row'),
  }),
];
