/**
 * Owns the gallery: every component in every state, with a client that is no more than its snapshots. `#name` shows one
 * state alone, as the visual tests look at it, `#name@dark` in the dark, `#name@light@tight` from right to left where there
 * is hardly room; without a name all are listed.
 */
import '../src/styles.css';
import './gallery.css';
import { StrictMode, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import { Chat } from '../src/Chat.tsx';
import { createDrafts } from '../src/drafts/drafts.ts';
import { DraftsContext } from '../src/drafts/useDraft.ts';
import { arabic } from '../src/texts/arabic.ts';
import { englishLanguage } from '../src/texts/language.ts';
import { createFakeClient } from '../test/fakeClient.ts';
import { frozenClock } from './frozenClock.ts';
import { people } from './scene.ts';
import type { State } from './state.ts';
import { states } from './states.ts';

function Gallery() {
  const hash = useSyncExternalStore(subscribe, () => decodeURIComponent(location.hash.slice(1)));
  const [name = '', scheme = 'light', room = ''] = hash.split('@');
  document.documentElement.dataset.scheme = scheme;
  const alone = states.find((state) => state.name === name);
  if (alone !== undefined) return <Drawn key={hash} state={alone} alone tight={room === 'tight'} />;
  return <Listed scheme={scheme} />;
}

function Listed({ scheme }: { scheme: string }) {
  const [part, setPart] = useState('');
  const other = scheme === 'light' ? 'dark' : 'light';
  return (
    <>
      <header className="gallery-head">
        <h1>The gallery</h1>
        <input
          type="search"
          aria-label="Find a state"
          placeholder="Find a state"
          value={part}
          onChange={(event) => setPart(event.target.value)}
        />
        <a href={`#@${other}`}>{other}</a>
      </header>
      <ul className="gallery-list">
        {states
          .filter((state) => state.name.includes(part))
          .map((state) => (
            <li key={state.name}>
              <a href={`#${state.name}@${scheme}`}>{state.name}</a>
              {state.above !== true && <Drawn state={state} />}
            </li>
          ))}
      </ul>
    </>
  );
}

/** The narrowest that a window of 1,280 px becomes at 400 %. */
const tightWidth = 320;

interface DrawnProps {
  state: State;
  alone?: boolean;
  tight?: boolean;
}

function Drawn({ state, alone = false, tight = false }: DrawnProps) {
  const { client, drafts } = useMemo(() => {
    const fake = createFakeClient(people);
    const { me } = fake.client;
    // Kept nowhere, so that no state sees what was written in another.
    const own = createDrafts({ storage: null, clock: frozenClock, me, page: window });
    state.given?.(fake, own);
    return { client: fake.client, drafts: own };
  }, [state]);
  const page = useRef<HTMLDivElement>(null);
  const [settled, setSettled] = useState(state.act === undefined || !alone);

  useEffect(() => {
    if (!alone || state.act === undefined) return;
    // Once, and after what is measured before it is placed.
    const frame = requestAnimationFrame(async () => {
      if (page.current !== null) await state.act?.(page.current);
      setSettled(true);
    });
    return () => cancelAnimationFrame(frame);
  }, [alone, state]);

  const { width = 390, height } = state;
  return (
    <div
      ref={page}
      className="gallery-state"
      data-state={state.name}
      data-settled={settled}
      style={{ width: tight ? Math.min(tightWidth, width) : width, height }}
    >
      <Chat
        client={client}
        clock={frozenClock}
        language={tight || state.rightToLeft === true ? arabic : englishLanguage}
        className="gallery-root"
      >
        <DraftsContext value={drafts}>{state.draw()}</DraftsContext>
      </Chat>
    </div>
  );
}

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}

const root = document.getElementById('root');
if (root === null) throw new Error('unable to start the gallery: there is no element "root"');
// For whoever looks at all of them, one after the other.
Object.assign(window, {
  galleryStates: states.map(({ name, above = false, phone = false }) => ({ name, above, phone })),
});

createRoot(root).render(
  <StrictMode>
    <Gallery />
  </StrictMode>,
);
