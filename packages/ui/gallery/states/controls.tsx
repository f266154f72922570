/** Owns the states of the small parts: avatars, buttons, icons, notices. */
import { Avatar } from '../../src/avatar/Avatar.tsx';
import { Notice } from '../../src/dialogs/Notice.tsx';
import { Spinner } from '../../src/dialogs/Spinner.tsx';
import { IconButton } from '../../src/icons/IconButton.tsx';
import { image, longName, paint, people } from '../scene.ts';
import type { State } from '../state.ts';

const sizes = ['tiny', 'small', 'medium', 'large', 'huge'] as const;
const photo = image(82, 320, 320);

export const controlStates: readonly State[] = [
  {
    name: 'avatar/sizes and colours',
    draw: () => (
      <div className="gallery-pad">
        {people.map(({ id, name }) => (
          <Avatar key={id} id={id} name={name} />
        ))}
        {sizes.map((size) => (
          <Avatar key={size} id="grace" name="Grace Hopper" size={size} />
        ))}
      </div>
    ),
  },
  {
    name: 'avatar/online, group, long name',
    draw: () => (
      <div className="gallery-pad">
        <Avatar id="ada" name="Ada Lovelace" online />
        <Avatar id="engine" name="Engine room" group />
        <Avatar id="long" name={longName} />
        <Avatar id="omar" name="عمر حدّاد" online />
      </div>
    ),
  },
  {
    name: 'avatar/online, every size',
    given: (fake) => paint(fake, [photo]),
    draw: () => (
      <div className="gallery-pad">
        {sizes.map((size) => (
          <Avatar key={size} id="grace" name="Grace Hopper" size={size} online />
        ))}
        {sizes.map((size) => (
          <Avatar key={size} id="ada" name="Ada" picture={photo.fileId} size={size} online />
        ))}
      </div>
    ),
  },
  {
    name: 'controls/buttons',
    draw: () => (
      <div className="gallery-pad">
        <button type="button" className="natter-button">
          Cancel
        </button>
        <button type="button" className="natter-button natter-button-primary">
          Create group
        </button>
        <button type="button" className="natter-button natter-button-danger">
          Delete
        </button>
        <button type="button" className="natter-button natter-button-primary" disabled>
          Sending
        </button>
        <button type="button" className="natter-link-button">
          Try again
        </button>
        <IconButton icon="compose" label="New conversation" />
        <IconButton icon="attach" label="Attach files" />
        <IconButton icon="trash" label="Delete" disabled />
      </div>
    ),
  },
  {
    name: 'controls/notices',
    draw: () => (
      <>
        <Notice icon="chat" title="No messages yet" hint="Say hello." />
        <Notice
          icon="alert"
          title="The messages could not be loaded."
          hint="The server is busy."
          failure
        >
          <button type="button" className="natter-button">
            Try again
          </button>
        </Notice>
        <div className="gallery-pad">
          <Spinner label="Loading…" />
        </div>
      </>
    ),
  },
];
