/** Owns the side that says what this is. The talk in it is a drawing: nobody reads it out. */
import { useTexts } from '../texts/language.ts';

export function Brand() {
  const texts = useTexts();
  return (
    <header className="app-brand">
      <div className="app-brand-name">
        <img src="/favicon.svg" alt="" width="44" height="44" />
        <h1>{texts.name}</h1>
      </div>
      <p className="app-brand-line">{texts.tagline}</p>
      <p className="app-brand-about">{texts.signIn.about}</p>
      <div className="app-brand-talk" aria-hidden="true">
        <Bubble lines={['80%', '55%']} />
        <Bubble lines={['70%']} mine />
        <Bubble lines={['90%', '75%', '40%']} />
        <Bubble lines={['85%', '50%']} mine />
      </div>
    </header>
  );
}

function Bubble({ lines, mine = false }: { lines: readonly string[]; mine?: boolean }) {
  return (
    <div className="app-brand-bubble" data-mine={mine}>
      {lines.map((width) => (
        <i key={width} style={{ width }} />
      ))}
    </div>
  );
}
