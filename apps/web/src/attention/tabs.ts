/**
 * Owns which tab of a person speaks, and whether another is in view, by Web Locks: they go with their tab, however that
 * ends. Without them (plain http) each tab knows only of itself, and there are no notifications either.
 */
export interface AttentionTabs {
  speaks(): boolean;
  /** Tells the others what this tab shows; null while it is not in view. */
  show(conversationId: string | null, inView: boolean): void;
  /** What the tabs that are in view show. */
  look(): Promise<{ isInView: boolean; reading: ReadonlySet<string> }>;
  dispose(): void;
}

export function createAttentionTabs(person: string, locks: LockManager | undefined): AttentionTabs {
  const prefix = `natter-view ${person} `;
  let speaks = locks === undefined;
  let end = () => {};
  let endView = () => {};
  let own: string | null = null;

  const hold = (name: string, mode: LockMode, begin: () => void): (() => void) => {
    const ended = Promise.withResolvers<void>();
    const waiting = new AbortController();
    locks
      ?.request(name, { mode, signal: waiting.signal }, () => {
        begin();
        return ended.promise;
      })
      .catch(() => {});
    return () => {
      ended.resolve();
      waiting.abort();
    };
  };

  end = hold(`natter-speaks ${person}`, 'exclusive', () => {
    speaks = true;
  });

  return {
    speaks: () => speaks,
    show(conversationId, inView) {
      const next = inView ? (conversationId ?? '') : null;
      if (next === own) return;
      own = next;
      endView();
      endView = next === null ? () => {} : hold(prefix + next, 'shared', () => {});
    },
    async look() {
      const held = (await locks?.query())?.held ?? [];
      const shown = held.flatMap(({ name }) =>
        name?.startsWith(prefix) ? [name.slice(prefix.length)] : [],
      );
      if (own !== null) shown.push(own);
      return { isInView: shown.length > 0, reading: new Set(shown) };
    },
    dispose() {
      speaks = false;
      end();
      endView();
    },
  };
}
