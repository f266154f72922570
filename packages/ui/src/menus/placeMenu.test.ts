import { expect, test } from 'vitest';
import { type MenuSpace, placeMenu } from './placeMenu.ts';

const page = { width: 400, height: 600 };
const menu = { width: 200, height: 150 };
const button = (left: number, top: number) => ({ left, top, right: left + 40, bottom: top + 40 });
const place = (anchor: MenuSpace['anchor'], over: Partial<MenuSpace> = {}) =>
  placeMenu({ anchor, menu, page, rtl: false, ...over });

test('a menu is below its button, in line with its start', () => {
  expect(place(button(20, 20))).toEqual({ left: 20, top: 64, heightMax: 528 });
  expect(place(button(300, 20), { rtl: true })).toEqual({ left: 140, top: 64, heightMax: 528 });
});

test('where there is no room at the end, it is in line with the end', () => {
  expect(place(button(340, 20)).left).toBe(180);
  expect(place(button(20, 20), { rtl: true }).left).toBe(20);
});

test('where there is no room below, it is above', () => {
  expect(place(button(20, 540))).toEqual({ left: 20, top: 386, heightMax: 528 });
});

test('where there is room nowhere, it takes the larger side and scrolls', () => {
  const tall = { menu: { width: 200, height: 900 } };
  expect(place(button(20, 100), tall)).toEqual({ left: 20, top: 144, heightMax: 448 });
  expect(place(button(20, 500), tall)).toEqual({ left: 20, top: 8, heightMax: 488 });
});

test('it never leaves the page sideways', () => {
  expect(place(button(150, 20), { menu: { width: 390, height: 10 } }).left).toBe(8);
  expect(place({ left: 395, right: 395, top: 9, bottom: 9 }).left).toBe(192);
});
