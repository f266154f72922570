import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Look, moveBy, scaleMax, wholeLook, zoomAt } from './zoom.ts';

const stage = { width: 1_000, height: 600 };
const picture = { width: 800, height: 600 };

test('what is under the pointer stays under it', () => {
  const point = { x: 120, y: -80 };
  const closer = zoomAt(wholeLook, 3, point, picture, stage);
  expect(closer).toEqual({ scale: 3, x: -240, y: 160 });
  const again = zoomAt(closer, 0.5, point, picture, stage);
  expect((point.x - again.x) / again.scale).toBeCloseTo(120);
});

test('a picture that shows whole stands in the middle', () => {
  expect(moveBy(wholeLook, { x: 300, y: 90 }, picture, stage)).toEqual(wholeLook);
  expect(zoomAt({ scale: 4, x: 900, y: 100 }, 0.01, { x: 5, y: 5 }, picture, stage)).toEqual(
    wholeLook,
  );
});

test('whatever is done, the picture covers the stage or shows whole', () => {
  const step = fc.record({
    factor: fc.double({ min: 0.1, max: 10, noNaN: true }),
    x: fc.integer({ min: -600, max: 600 }),
    y: fc.integer({ min: -600, max: 600 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      let look: Look = wholeLook;
      for (const { factor, x, y } of steps) {
        look = zoomAt(look, factor, { x, y }, picture, stage);
        look = moveBy(look, { x: y, y: x }, picture, stage);
        expect(look.scale).toBeGreaterThanOrEqual(1);
        expect(look.scale).toBeLessThanOrEqual(scaleMax);
        const room = Math.max(0, (picture.width * look.scale - stage.width) / 2);
        expect(Math.abs(look.x)).toBeLessThanOrEqual(room + 1e-6);
      }
    }),
  );
});
