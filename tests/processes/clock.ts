/** Owns the wrong clock of one device: read before everything else, it shifts what `Date` says in that process alone. */

let shiftMs = Number(process.env.NATTER_TEST_SHIFT_MS ?? 0);
const RealDate = Date;
const realNow = Date.now;

class ShiftedDate extends RealDate {
  constructor(...args: [] | [number | string]) {
    super(...((args.length === 0 ? [ShiftedDate.now()] : args) as [number]));
  }

  static override now(): number {
    return realNow() + shiftMs;
  }
}

globalThis.Date = ShiftedDate as DateConstructor;

/** For `device.ts`, when it is told to. */
Object.assign(globalThis, {
  shiftClock(ms: number) {
    shiftMs = ms;
  },
});
