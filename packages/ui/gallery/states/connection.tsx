/** Owns the states of what is said about connection and storage. */
import type { ConnectionSnapshot } from '@natter/client';
import { NatterError } from '@natter/protocol';
import { ConnectionBanner } from '../../src/connection/ConnectionBanner.tsx';
import { StorageNotice } from '../../src/connection/StorageNotice.tsx';
import { galleryNow } from '../frozenClock.ts';
import type { State } from '../state.ts';

const refused = new NatterError('forbidden', 'unable to connect: this account is closed').toBody();

const lost: readonly [name: string, snapshot: ConnectionSnapshot][] = [
  ['connecting', { status: 'connecting' }],
  ['updating', { status: 'connected', synced: false }],
  ['reconnecting', { status: 'reconnecting', attempt: 2, retryAt: null, online: true }],
  ['waiting', { status: 'reconnecting', attempt: 4, retryAt: galleryNow + 12_000, online: true }],
  ['offline', { status: 'reconnecting', attempt: 1, retryAt: null, online: false }],
  ['signed out', { status: 'disconnected', reason: 'signedOut', error: null }],
  ['stopped', { status: 'disconnected', reason: 'stopped', error: null }],
  ['gave up', { status: 'disconnected', reason: 'gaveUp', error: null }],
  ['refused', { status: 'disconnected', reason: 'refused', error: refused }],
];

export const connectionStates: readonly State[] = [
  ...lost.map(
    ([name, snapshot]): State => ({
      name: `connection/${name}`,
      given: ({ client }) => client.connection.set(snapshot),
      draw: () => <ConnectionBanner onSignIn={() => {}} />,
    }),
  ),
  {
    name: 'connection/storage full',
    given: ({ client }) =>
      client.persistence.set({
        state: 'memory',
        error: new NatterError('internal', 'the storage of this browser is full').toBody(),
      }),
    draw: () => <StorageNotice />,
  },
];
