/** Owns what is refused here already, without a call: what no server would take. */
import { limits, NatterError } from '@natter/protocol';
import type { OutgoingFile } from '../contract.ts';

export function refusalOf(content: string, files: readonly OutgoingFile[]): NatterError | null {
  const { contentCharactersMax, attachmentsMax, uploadBytesMax } = limits;
  if (files.length === 0 && content.trim() === '') {
    return new NatterError('badRequest', 'unable to send: the message is empty');
  }
  // By code point, as the schemas count.
  if (content.length > contentCharactersMax && [...content].length > contentCharactersMax) {
    return new NatterError(
      'tooLarge',
      `unable to send: more than ${contentCharactersMax} characters`,
    );
  }
  if (files.length > attachmentsMax) {
    return new NatterError('badRequest', `unable to send: more than ${attachmentsMax} files`);
  }
  if (files.some(({ data }) => data.size > uploadBytesMax)) {
    return new NatterError(
      'tooLarge',
      `unable to send: a file has more than ${uploadBytesMax} bytes`,
    );
  }
  return null;
}
