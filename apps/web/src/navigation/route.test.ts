import type { ConversationId } from '@natter/protocol';
import { expect, test } from 'vitest';
import { hashOf, listRoute, messageLink, parseRoute, routeOfLink } from './route.ts';

const id = '0197c000-0000-7000-8000-000000000001' as ConversationId;

test.each([
  [`#/c/${id}`, { conversationId: id, seq: null }],
  [`#/c/${id}/m/12`, { conversationId: id, seq: 12 }],
  [`#/c/${id}/m/0`, { conversationId: id, seq: null }],
  [`#/c/${id}/m/-1`, listRoute],
  [`#/c/${id}/m/1e9`, listRoute],
  ['', listRoute],
  ['#/', listRoute],
  ['#/c/', listRoute],
  ['#/c/../../etc', listRoute],
  ['#/c/<script>', listRoute],
  [`#/c/${id}/more`, listRoute],
])('the address "%s" is read', (hash, route) => {
  expect(parseRoute(hash)).toEqual(route);
});

test('an address that is written is read as the same', () => {
  for (const seq of [null, 1, 40_000]) {
    const route = { conversationId: id, seq };
    expect(parseRoute(hashOf(route))).toEqual(route);
  }
  expect(parseRoute(hashOf(listRoute))).toEqual(listRoute);
});

test('the link to a message leads to it here, and nowhere else', () => {
  const link = messageLink(id, 5);
  expect(routeOfLink(link)).toEqual({ conversationId: id, seq: 5 });
  expect(routeOfLink(link.replace(location.origin, 'https://elsewhere.example'))).toBeNull();
  expect(routeOfLink('https://elsewhere.example/#/c/x')).toBeNull();
});
