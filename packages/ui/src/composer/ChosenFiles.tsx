/**
 * Owns the row of files above the field, before they are sent. Its order is that of the message: changed by dragging, or
 * with Shift and an arrow key; all tiles are of one size, so nothing jumps meanwhile.
 */
import { limits } from '@natter/protocol';
import { type DragEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { ChosenFile } from '../drafts/draft.ts';
import { formatBytes } from '../formatting/size.ts';
import { Icon } from '../icons/Icon.tsx';
import { IconButton } from '../icons/IconButton.tsx';
import { useUi } from '../runtime/UiProvider.tsx';

export interface ChosenFilesProps {
  files: readonly ChosenFile[];
  onRemove: (key: string) => void;
  onMove: (key: string, to: number) => void;
  /** The last one was removed: the focus goes elsewhere. */
  onEmptied: () => void;
}

export function ChosenFiles({ files, onRemove, onMove, onEmptied }: ChosenFilesProps) {
  const { texts, locale } = useUi();
  const say = texts.composer;
  const list = useRef<HTMLUListElement>(null);
  const hintId = useId();
  const [dragged, setDragged] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  if (files.length === 0) return null;

  const { attachmentsMax } = limits;
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0);

  function focusTile(at: number) {
    const tiles = list.current?.querySelectorAll<HTMLElement>('.natter-chosen-tile');
    tiles?.item(Math.min(at, tiles.length - 1))?.focus();
  }

  function remove(key: string, at: number) {
    const isLast = files.length === 1;
    onRemove(key);
    if (isLast) onEmptied();
    // The one after it takes its place, and its focus.
    else focusTile(at === files.length - 1 ? at - 1 : at + 1);
  }

  function press(event: KeyboardEvent<HTMLElement>, { key, file }: ChosenFile, at: number) {
    const rtl = getComputedStyle(event.currentTarget).direction === 'rtl';
    const step = { ArrowLeft: rtl ? 1 : -1, ArrowRight: rtl ? -1 : 1 }[event.key];
    const to = step === undefined ? undefined : at + step;
    if (event.key === 'Delete' || event.key === 'Backspace') remove(key, at);
    else if (to === undefined) return;
    else if (!event.shiftKey) focusTile(Math.max(0, to));
    else if (to >= 0 && to < files.length) {
      onMove(key, to);
      setSaid(say.fileMoved(file.name, to + 1, files.length));
    }
    event.preventDefault();
  }

  return (
    <div className="natter-chosen">
      <ul ref={list} className="natter-chosen-files" aria-label={say.attached}>
        {files.map((chosen, at) => {
          const { key, file } = chosen;
          const size = formatBytes(file.size, locale);
          return (
            <li
              key={key}
              className="natter-chosen-file"
              data-dragged={dragged === key}
              draggable
              onDragStart={(event) => {
                startDrag(event);
                setDragged(key);
              }}
              onDragEnd={() => setDragged(null)}
              onDragOver={(event) => {
                if (dragged === null) return;
                event.preventDefault();
                event.dataTransfer.dropEffect = 'move';
                if (dragged !== key) onMove(dragged, at);
              }}
              onDrop={(event) => {
                if (dragged !== null) event.preventDefault();
              }}
            >
              <button
                type="button"
                className="natter-chosen-tile"
                aria-describedby={hintId}
                title={file.name}
                onKeyDown={(event) => press(event, chosen, at)}
              >
                <Preview file={file} />
                <span className="natter-chosen-name" dir="auto">
                  {file.name}
                </span>{' '}
                <span className="natter-chosen-size">{size}</span>{' '}
                <span className="natter-visually-hidden">
                  {say.filePlace(at + 1, files.length)}
                </span>
              </button>
              <IconButton
                icon="close"
                className="natter-chosen-remove"
                label={say.remove(file.name)}
                onClick={() => remove(key, at)}
              />
            </li>
          );
        })}
      </ul>
      <p className="natter-chosen-sum" data-full={files.length >= attachmentsMax}>
        {say.filesSum(files.length, attachmentsMax, formatBytes(bytes, locale))}
      </p>
      <span className="natter-visually-hidden" id={hintId}>
        {say.fileKeys}
      </span>
      <span className="natter-visually-hidden" aria-live="polite">
        {said}
      </span>
    </div>
  );
}

function startDrag({ dataTransfer }: DragEvent) {
  dataTransfer.effectAllowed = 'move';
  // Some browsers drag nothing without data.
  dataTransfer.setData('text/plain', '');
}

function Preview({ file }: { file: File }) {
  const [url, setUrl] = useState<string | null>(null);
  const [broken, setBroken] = useState(false);
  const isImage = previewable.has(file.type) && !broken;

  useEffect(() => {
    if (!isImage) return;
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file, isImage]);

  return (
    <span className="natter-chosen-preview">
      {isImage && url !== null ? (
        <img src={url} alt="" draggable={false} decoding="async" onError={() => setBroken(true)} />
      ) : (
        <Icon name={file.type.startsWith('image/') ? 'image' : 'file'} />
      )}
    </span>
  );
}

/** Pictures that every browser draws without running anything in them. */
const previewable = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif']);
