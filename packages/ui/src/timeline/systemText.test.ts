import type { SystemLine, UserId } from '@natter/protocol';
import { describe, expect, test } from 'vitest';
import { message } from '../../test/fakeClient.ts';
import { arabic } from '../texts/arabic.ts';
import { english } from '../texts/english.ts';
import { german } from '../texts/german.ts';
import { systemText } from './systemText.ts';

const people = (...names: string[]) => ({
  users: names.map((name) => ({ userId: name.toLowerCase() as UserId, name })),
  count: names.length,
});
const line = (system: SystemLine, by = 'Ada') =>
  message({
    type: 'system',
    system,
    content: '',
    senderId: by.toLowerCase() as UserId,
    senderName: by,
  });
const asRead = (system: SystemLine, by: string, me: string | null) =>
  systemText(line(system, by), { me, texts: english, locale: 'en' });

describe('a system line says', () => {
  test.each<[SystemLine, by: string, me: string | null, text: string]>([
    [{ kind: 'added', ...people('Grace') }, 'Ada', 'omar', 'Ada added Grace'],
    [{ kind: 'added', ...people('Grace') }, 'Ada', null, 'Ada added Grace'],
    [{ kind: 'added', ...people('Grace') }, 'Ada', 'ada', 'You added Grace'],
    [{ kind: 'added', ...people('Grace') }, 'Ada', 'grace', 'Ada added you'],
    [{ kind: 'added', ...people('Grace', 'Omar') }, 'Ada', 'omar', 'Ada added you and Grace'],
    [{ kind: 'removed', ...people('Omar') }, 'Ada', 'ada', 'You removed Omar'],
    [{ kind: 'left' }, 'Grace', 'ada', 'Grace left'],
    [{ kind: 'left' }, 'Grace', 'grace', 'You left'],
    [{ kind: 'renamed', name: 'Hikers' }, 'Ada', 'omar', 'Ada renamed the group to “Hikers”'],
    [{ kind: 'pictureChanged' }, 'Ada', 'omar', 'Ada changed the group’s picture'],
    [
      { kind: 'roleChanged', role: 'admin', ...people('Grace') },
      'Ada',
      'omar',
      'Ada made Grace an admin',
    ],
    [
      { kind: 'roleChanged', role: 'owner', ...people('Grace', 'Omar') },
      'Ada',
      'ada',
      'You made Grace and Omar owners',
    ],
    [
      { kind: 'roleChanged', role: 'member', ...people('Grace') },
      'Ada',
      'grace',
      'Ada made you a member',
    ],
    [
      { kind: 'roleChanged', role: 'admin', ...people('Ada') },
      'Ada',
      'ada',
      'You stepped down as owner',
    ],
  ])('%j by %s to %s: %s', (system, by, me, text) => {
    expect(asRead(system, by, me)).toBe(text);
  });

  test('three names and how many more, whoever reads', () => {
    const many = { ...people('Grace', 'Omar', 'Kim', 'Lea'), count: 12 };
    expect(asRead({ kind: 'added', ...many }, 'Ada', 'ada')).toBe(
      'You added Grace, Omar, Kim, and 9 others',
    );
    expect(asRead({ kind: 'added', ...many }, 'Ada', 'lea')).toBe(
      'Ada added you, Grace, Omar, and 9 others',
    );
  });

  test('that something changed, where a newer server says what this program does not know', () => {
    const unknown = { kind: 'painted' } as unknown as SystemLine;
    expect(asRead(unknown, 'Ada', 'omar')).toBe('Ada changed the group');
  });

  test('the same in German and Arabic', () => {
    const added: SystemLine = { kind: 'added', ...people('Grace') };
    const inLanguage = ({ texts, code }: typeof german, me: string) =>
      systemText(line(added), { me, texts, locale: code });
    expect(inLanguage(german, 'omar')).toBe('Ada hat Grace hinzugefügt');
    expect(inLanguage(german, 'ada')).toBe('Du hast Grace hinzugefügt');
    expect(inLanguage(german, 'grace')).toBe('Ada hat dich hinzugefügt');
    expect(inLanguage(arabic, 'grace')).toBe('أضافك Ada');
  });
});
