/** Owns the states of an open conversation as a whole, and of the box around a whole chat. */
import { NatterError, type UserId } from '@natter/protocol';
import { Chatbox } from '../../src/Chatbox.tsx';
import { Conversation } from '../../src/conversation/Conversation.tsx';
import { ConversationHeader } from '../../src/conversation/ConversationHeader.tsx';
import { TypingLine } from '../../src/typing/TypingLine.tsx';
import { createFakeClient, readyMessages } from '../../test/fakeClient.ts';
import { frozenClock } from '../frozenClock.ts';
import { graceSays, here, longName, online, said, stage, wrote } from '../scene.ts';
import type { State } from '../state.ts';

const talk = [
  said(1, 40, 'Good morning!'),
  said(2, 39, 'Is the engine ready for tomorrow?'),
  wrote(3, 31, 'Nearly. The bearings came this morning.'),
  said(4, 30, 'I can help after lunch', graceSays),
  wrote(5, 2, 'That would be **great**, thank you', { status: 'delivered' }),
];

const header = () => <ConversationHeader conversationId={here} onBack={() => {}} />;
const typists = (...names: string[]) =>
  names.map((name) => ({ userId: name.toLowerCase() as UserId, name }));

export const conversationStates: readonly State[] = [
  {
    name: 'header/direct, online',
    given(fake) {
      stage(fake, [], { kind: 'direct' });
      online(fake, 'ada');
    },
    draw: header,
  },
  { name: 'header/group', given: (fake) => stage(fake, []), draw: header },
  {
    name: 'header/long name, narrow',
    width: 300,
    given: (fake) => stage(fake, [], { title: longName }),
    draw: header,
  },
  {
    name: 'typing/one',
    given: ({ client }) => client.typing(here).set(typists('Ada')),
    draw: () => <TypingLine conversationId={here} />,
  },
  {
    name: 'typing/many',
    given: ({ client }) => client.typing(here).set(typists('Ada', 'Grace', 'Mateo')),
    draw: () => <TypingLine conversationId={here} />,
  },
  {
    name: 'conversation/talking',
    height: 640,
    given: (fake) => stage(fake, talk),
    draw: () => <Conversation id={here} onBack={() => {}} />,
  },
  {
    name: 'conversation/right to left',
    height: 640,
    rightToLeft: true,
    given: (fake) => stage(fake, talk),
    draw: () => <Conversation id={here} onBack={() => {}} />,
  },
  {
    name: 'conversation/gone',
    height: 420,
    given({ client }) {
      client.messages(here).set({
        ...readyMessages,
        state: 'error',
        error: new NatterError('notMember', 'unable to read: you are not a member').toBody(),
      });
    },
    draw: () => <Conversation id={here} onBack={() => {}} />,
  },
  { name: 'chatbox/narrow', height: 560, draw: () => <WholeChat /> },
  { name: 'chatbox/wide', width: 820, height: 560, draw: () => <WholeChat /> },
];

function WholeChat() {
  const fake = createFakeClient();
  stage(fake, talk);
  return <Chatbox client={fake.client} clock={frozenClock} />;
}
