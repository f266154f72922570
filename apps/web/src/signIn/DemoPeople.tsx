/** Owns the cards of the demo people. */
import { Avatar, Notice } from '@natter/ui';
import { useId } from 'react';
import type { DemoPerson } from '../demo.ts';
import type { Session } from '../session.ts';
import { useTexts } from '../texts/language.ts';

export interface DemoPeopleProps {
  people: readonly DemoPerson[];
  onSignIn: (session: Session) => void;
}

export function DemoPeople({ people, onSignIn }: DemoPeopleProps) {
  const texts = useTexts();
  const titleId = useId();
  if (people.length === 0) return <Notice icon="people" title={texts.signIn.empty} />;
  return (
    <section className="app-people" aria-labelledby={titleId}>
      <h2 id={titleId}>{texts.signIn.title}</h2>
      <p>{texts.signIn.hint}</p>
      <ul aria-label={texts.signIn.people}>
        {people.map(({ id, name, about }) => (
          <li key={id}>
            <button
              type="button"
              className="app-person"
              onClick={() => onSignIn({ kind: 'demo', userId: id, name })}
            >
              <span className="natter-visually-hidden">{texts.signIn.as(name)}</span>
              <Avatar id={id} name={name} />
              <span>
                <strong dir="auto" aria-hidden="true">
                  {name}
                </strong>
                <span dir="auto">{about}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
