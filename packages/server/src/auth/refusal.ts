/** Owns what storage's refusals become: an error of the catalogue, and a sentence that says what happened and what to do. */
import { type ErrorCode, NatterError } from '@natter/protocol';
import type { Refusal } from '../storage/contract.ts';

const rows: Record<Refusal, { code: ErrorCode; because: string }> = {
  notMember: { code: 'notMember', because: 'you are not a member of this conversation' },
  forbidden: { code: 'forbidden', because: 'your role in this conversation does not allow it' },
  systemLine: {
    code: 'forbidden',
    because: 'it is a system line, which nobody can edit or delete',
  },
  notFound: { code: 'notFound', because: 'it does not exist here' },
  conflict: { code: 'conflict', because: 'this id is in use for something else; choose a new one' },
  unknownUser: { code: 'notFound', because: 'one of these people has never signed in here' },
  noSuchMember: { code: 'notFound', because: 'one of these people is not in the conversation' },
  badFile: {
    code: 'badRequest',
    because: 'a file is not yours, is not whole, or was used before; upload it again',
  },
  noImage: { code: 'unsupportedFile', because: 'only an image can be a picture' },
  tooManyMembers: { code: 'conflict', because: 'the conversation would have too many members' },
};

/** `attempt` completes "unable to …". */
export function refusal(attempt: string, reason: Refusal): NatterError {
  const { code, because } = rows[reason];
  return new NatterError(code, `unable to ${attempt}: ${because}`);
}

export function badRequest(attempt: string, because: string): NatterError {
  return new NatterError('badRequest', `unable to ${attempt}: ${because}`);
}
