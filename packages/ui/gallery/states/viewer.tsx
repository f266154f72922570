/** Owns the states of looking at images over the whole screen. */
import { ImageViewer } from '../../src/files/ImageViewer.tsx';
import { viewerImages } from '../../src/files/viewerImages.ts';
import { key } from '../hands.ts';
import { graceSays, image, longName, paint, said, wrote } from '../scene.ts';
import type { State } from '../state.ts';

const one = [said(1, 40, '', { type: 'image', attachments: [image(1, 1_600, 1_000)] })];
const several = [
  said(1, 60 * 26, '', { type: 'image', attachments: [image(1, 1_600, 1_000)] }),
  said(2, 40, 'Three of them', {
    ...graceSays,
    type: 'image',
    attachments: [image(2, 1_600, 1_200), image(3, 900, 1_600), image(4, 1_600, 900)],
  }),
  wrote(3, 12, '', { type: 'image', attachments: [image(5, 1_200, 1_200)] }),
];
const longNamed = several.map((message) => ({ ...message, senderName: longName }));

/** The one in the middle has some before and some after it. */
const middle = 2;

function viewer(name: string, messages: typeof several, over: Partial<State> = {}): State {
  const images = viewerImages(messages);
  const opened = images[Math.min(middle, images.length - 1)];
  return {
    name: `viewer/${name}`,
    above: true,
    given: (fake) =>
      paint(
        fake,
        images.map(({ attachment }) => attachment),
      ),
    draw: () =>
      opened !== undefined && (
        <ImageViewer
          images={images}
          opened={{ messageId: opened.messageId, fileId: opened.attachment.fileId }}
          onClose={() => {}}
        />
      ),
    ...over,
  };
}

const zoomIn: State['act'] = async (page) => {
  for (const _ of [1, 2]) await key(page, '.natter-viewer', '+');
};

export const viewerStates: readonly State[] = [
  viewer('one', one),
  viewer('several', several),
  viewer('zoomed', one, { act: zoomIn }),
  viewer('loading', several, {
    given({ client }) {
      client.uploads.fetchFile = () => new Promise(() => {});
    },
  }),
  viewer('failed', several, { given: () => {} }),
  viewer('long name, phone', longNamed, { phone: true }),
  viewer('zoomed, phone', one, { phone: true, act: zoomIn }),
  viewer('failed, phone', several, { phone: true, given: () => {} }),
  viewer('right to left', several, { rightToLeft: true }),
];
