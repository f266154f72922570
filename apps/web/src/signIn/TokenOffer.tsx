/** Owns the question when a link brings somebody else's token: a link alone makes nobody another person. */
import { Dialog, isolate, useUi } from '@natter/ui';
import type { Account } from '../account.ts';
import { useTexts } from '../texts/language.ts';

export interface TokenOfferProps {
  offer: { token: string; name: string };
  account: Pick<Account, 'signIn' | 'refuseOffer'>;
}

export function TokenOffer({ offer, account }: TokenOfferProps) {
  const { signIn: say } = useTexts();
  const { direction } = useUi().language;
  const name = isolate(offer.name, direction);
  return (
    <Dialog title={say.offerTitle(name)} onClose={account.refuseOffer} alert>
      <p className="natter-dialog-text">{say.offerBody}</p>
      <footer className="natter-dialog-footer">
        <button type="button" className="natter-button" onClick={account.refuseOffer}>
          {say.offerStay}
        </button>
        <button
          type="button"
          className="natter-button natter-button-primary"
          onClick={() => account.signIn({ kind: 'token', token: offer.token })}
        >
          {say.offerTake}
        </button>
      </footer>
    </Dialog>
  );
}
