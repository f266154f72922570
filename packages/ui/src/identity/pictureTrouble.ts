/** Owns what is said of a picture that was not saved. */
import { type ErrorBody, limits } from '@natter/protocol';
import { formatBytes } from '../formatting/size.ts';
import type { Ui } from '../runtime/UiProvider.tsx';
import { errorText } from '../texts/errorText.ts';

export function pictureTrouble({ url, error }: { url: string | null; error: ErrorBody }, ui: Ui) {
  const say = ui.texts.identity;
  return `${url === null ? say.removeFailed : say.pictureFailed} ${reasonOf(error, ui)}`;
}

function reasonOf(error: ErrorBody, ui: Ui): string {
  const say = ui.texts.identity;
  if (error.code === 'unsupportedFile') return say.notAnImage;
  if (error.code === 'tooLarge') return say.tooLarge(formatBytes(limits.uploadBytesMax, ui.locale));
  return errorText(error, ui);
}
