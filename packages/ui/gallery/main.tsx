/**
 * Owns the gallery: every component in every state, with a client that is no more than its snapshots. `#name` shows one
 * state alone, as the visual tests look at it; without a name all are listed.
 */
import '../src/styles.css';
import './gallery.css';
import { StrictMode, useMemo, useState, useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import { Chat } from '../src/Chat.tsx';
import { arabic } from '../src/texts/arabic.ts';
import { englishLanguage } from '../src/texts/language.ts';
import { createFakeClient } from '../test/fakeClient.ts';
import { frozenClock } from './frozenClock.ts';
import { people } from './scene.ts';
import type { State } from './state.ts';
import { states } from './states.ts';

function Gallery() {
  const hash = useSyncExternalStore(subscribe, () => decodeURIComponent(location.hash.slice(1)));
  const [name = '', scheme = 'light'] = hash.split('@');
  document.documentElement.dataset.scheme = scheme;
  const alone = states.find((state) => state.name === name);
  if (alone !== undefined) return <Drawn key={hash} state={alone} />;
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

function Drawn({ state }: { state: State }) {
  const client = useMemo(() => {
    const fake = createFakeClient(people);
    state.given?.(fake);
    return fake.client;
  }, [state]);
  const { width = 390, height } = state;
  return (
    <div className="gallery-state" data-state={state.name} style={{ width, height }}>
      <Chat
        client={client}
        clock={frozenClock}
        language={state.rightToLeft === true ? arabic : englishLanguage}
        className="gallery-root"
      >
        {state.draw()}
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
  galleryStates: states.map(({ name, above = false }) => ({ name, above })),
});

createRoot(root).render(
  <StrictMode>
    <Gallery />
  </StrictMode>,
);
