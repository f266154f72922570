import { describe, expect, it } from 'vitest';
import { createBatch } from './batch.ts';
import { createDerivedStore, createStore } from './store.ts';

function setUp() {
  const batch = createBatch();
  const errors: unknown[] = [];
  return {
    batch,
    errors,
    telling: { batch, reportError: (error: unknown) => void errors.push(error) },
  };
}

describe('stores', () => {
  it('[CLIENT10] one batch is one notice, and sees all of it', () => {
    const { batch, telling } = setUp();
    const a = createStore(telling, 0);
    const b = createStore(telling, 0);
    const seen: string[] = [];
    a.subscribe(() => seen.push(`${a.getSnapshot()} ${b.getSnapshot()}`));
    batch.run(() => {
      a.set(1);
      a.set(2);
      batch.run(() => b.set(3));
      expect(seen).toEqual([]);
    });
    expect(seen).toEqual(['2 3']);
  });

  it('[CLIENT10] the same value again tells nobody', () => {
    const { telling } = setUp();
    const store = createStore(telling, 'same');
    let notices = 0;
    store.subscribe(() => notices++);
    store.set('same');
    expect(notices).toBe(0);
  });

  it('a listener that throws stops neither the others nor the store', () => {
    const { telling, errors } = setUp();
    const store = createStore(telling, 0);
    let notices = 0;
    store.subscribe(() => {
      throw new Error('mine');
    });
    store.subscribe(() => notices++);
    store.set(1);
    expect(notices).toBe(1);
    expect(errors).toHaveLength(1);
  });

  it('an undo works once, is harmless twice, and counts each subscription of one function', () => {
    const { telling } = setUp();
    const store = createStore(telling, 0);
    let notices = 0;
    const listener = () => notices++;
    const undo = store.subscribe(listener);
    store.subscribe(listener);
    undo();
    undo();
    store.set(1);
    expect(notices).toBe(1);
  });

  it('a listener taken off by another in the same round is not called', () => {
    const { telling } = setUp();
    const store = createStore(telling, 0);
    let called = false;
    let undo = () => {};
    store.subscribe(() => undo());
    undo = store.subscribe(() => {
      called = true;
    });
    store.set(1);
    expect(called).toBe(false);
  });

  it('[CLIENT10] a derived snapshot keeps its identity while nothing changed, also when it was read inside the batch', () => {
    const { batch, telling } = setUp();
    let source = 1;
    const store = createDerivedStore<{ value: number }>(telling, (before) =>
      before?.value === source ? before : { value: source },
    );
    let notices = 0;
    store.subscribe(() => notices++);
    const first = store.getSnapshot();
    store.invalidate();
    expect(store.getSnapshot()).toBe(first);
    expect(notices).toBe(0);
    batch.run(() => {
      source = 2;
      store.invalidate();
      expect(store.getSnapshot().value).toBe(2);
    });
    expect(notices).toBe(1);
  });

  it('[CLIENT12] nobody is told after the batch was closed', () => {
    const { batch, telling } = setUp();
    const store = createStore(telling, 0);
    let notices = 0;
    store.subscribe(() => notices++);
    batch.run(() => {
      store.set(1);
      batch.close();
    });
    store.set(2);
    expect(notices).toBe(0);
  });
});
