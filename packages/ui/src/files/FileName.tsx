/** Owns showing a file name in the room there is: cut in its middle, and whole to screen readers and on hover. */
import { splitFileName } from './splitFileName.ts';

export function FileName({ name }: { name: string }) {
  const { start, end } = splitFileName(name);
  return (
    <span className="natter-file-name" title={name} dir="auto">
      <span className="natter-visually-hidden">{name}</span>
      <span className="natter-file-name-start" aria-hidden="true">
        {start}
      </span>
      <span className="natter-file-name-end" aria-hidden="true">
        {end}
      </span>
    </span>
  );
}
