import { expect, it } from 'vitest';
import { createSplitter } from './natsProxy.ts';

it('splits what NATS says into whole frames, wherever it is cut', () => {
  const frames = [
    'INFO {"server_id":"x"}\r\n',
    'PING\r\n',
    'MSG natter.user.a 1 7\r\nMSG a 1\r\n',
    'HMSG natter.user.a 2 reply 12 15\r\nNATS/1.0\r\n\r\nabc\r\n',
    'MSG natter.user.a 1 0\r\n\r\n',
    '+OK\r\n',
  ];
  const bytes = Buffer.from(frames.join(''));
  for (let cut = 0; cut <= bytes.length; cut++) {
    const split = createSplitter();
    const found = [bytes.subarray(0, cut), bytes.subarray(cut)].flatMap(split);
    expect(found.map((frame) => frame.bytes.toString())).toEqual(frames);
    expect(found.map(({ isMessage }) => isMessage)).toEqual([
      false,
      false,
      true,
      true,
      true,
      false,
    ]);
  }
});
