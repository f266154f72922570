/**
 * Owns where the emoji picker opens: above its button, or as a sheet at the bottom of a phone. The browser's popover
 * keeps it above everything and closes it on a press elsewhere; the picker and its data come when they are needed.
 */
import { useMe } from '@natter/react';
import {
  type ComponentType,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { Spinner } from '../dialogs/Spinner.tsx';
import { placeMenu } from '../menus/placeMenu.ts';
import { openPersonStorage } from '../runtime/personStorage.ts';
import { useUi } from '../runtime/UiProvider.tsx';
import { useLayer } from '../runtime/useLayer.ts';
import type { EmojiPickerProps } from './EmojiPicker.tsx';
import { readEmojiMemory, usedEmoji, writeEmojiMemory } from './emojiMemory.ts';

/** Twice is once: the browser keeps what it has. */
export const loadPicker = () => import('./EmojiPicker.tsx');

interface Loaded {
  Picker: ComponentType<EmojiPickerProps>;
  data: EmojiPickerProps['data'];
}

export interface EmojiPopoverProps {
  anchor: Element;
  onPick: (emoji: string) => void;
  /** `chosen`: the focus goes to where the emoji went. */
  onClose: (chosen?: boolean) => void;
  /** How the picker is had. */
  load?: typeof loadPicker;
}

export function EmojiPopover({ anchor, onPick, onClose, load = loadPicker }: EmojiPopoverProps) {
  const { texts } = useUi();
  const say = texts.emoji;
  const ref = useRef<HTMLDivElement>(null);
  const [columns, setColumns] = useState(8);
  const { loaded, failed, retry } = useLoaded(load);
  const { memory, remember } = useMemory();
  // The sheet of a phone, too, is what "back" closes first.
  useLayer(() => onClose(false));

  useLayoutEffect(() => {
    const popover = ref.current;
    if (popover === null) return;
    popover.showPopover?.();
    const { left, top } = placeMenu({
      anchor: anchor.getBoundingClientRect(),
      menu: { width: popover.offsetWidth, height: popover.offsetHeight },
      page: { width: innerWidth, height: innerHeight },
      rtl: getComputedStyle(popover).direction === 'rtl',
    });
    popover.style.setProperty('--natter-emoji-left', `${left}px`);
    popover.style.setProperty('--natter-emoji-top', `${top}px`);
    const cell = Number.parseFloat(
      getComputedStyle(popover).getPropertyValue('--natter-emoji-cell'),
    );
    if (!(cell > 0)) return;
    const fitting = Math.max(5, Math.floor((popover.clientWidth - paddings) / cell));
    popover.style.setProperty('--natter-emoji-columns', `${fitting}`);
    setColumns(fitting);
  }, [anchor]);

  const isReady = loaded !== null;
  useEffect(() => {
    if (!isReady) return;
    // A field that is focused opens the phone's keyboard over the sheet.
    const first = matchMedia('(pointer: coarse)').matches ? '.natter-emoji-viewport' : 'input';
    ref.current?.querySelector<HTMLElement>(first)?.focus({ preventScroll: true });
  }, [isReady]);

  return (
    <div
      ref={ref}
      className="natter-emoji"
      role="dialog"
      aria-label={say.title}
      popover="auto"
      tabIndex={-1}
      onToggle={(event) => {
        if (event.newState === 'closed') onClose(false);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // One thing at a time: what is around it stays open.
        event.preventDefault();
        event.stopPropagation();
        onClose(false);
      }}
    >
      {loaded !== null && (
        <loaded.Picker
          data={loaded.data}
          memory={memory}
          columns={columns}
          onTone={(tone) => remember({ ...memory, tone })}
          onPick={(emoji, again) => {
            remember(usedEmoji(memory, emoji));
            if (!again) onClose(true);
            onPick(emoji);
          }}
        />
      )}
      {loaded === null && !failed && <Spinner label={texts.common.loading} />}
      {failed && (
        <div className="natter-emoji-failed" role="alert">
          <p>{say.failed}</p>
          <button type="button" className="natter-button" onClick={retry}>
            {texts.common.retry}
          </button>
        </div>
      )}
    </div>
  );
}

/** Inside the popover, both sides, with the room that a scrollbar takes. */
const paddings = 30;

function useLoaded(load: typeof loadPicker) {
  const { language, texts } = useUi();
  const { groups } = texts.emoji;
  const [tries, setTries] = useState(0);
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [failed, setFailed] = useState(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another try is a reason to load.
  useEffect(() => {
    let isCurrent = true;
    setFailed(false);
    load()
      .then(async ({ EmojiPicker: Picker, loadEmoji }) => {
        const data = await loadEmoji(language.code, groups);
        if (isCurrent) setLoaded({ Picker, data });
      })
      .catch(() => {
        if (isCurrent) setFailed(true);
      });
    return () => {
      isCurrent = false;
    };
  }, [load, language.code, groups, tries]);

  const retry = useCallback(() => setTries((before) => before + 1), []);
  return { loaded, failed, retry };
}

function useMemory() {
  const userId = useMe()?.userId ?? '';
  const [memory, setMemory] = useState(() => readEmojiMemory(openPersonStorage(), userId));
  const remember = (next: typeof memory) => {
    setMemory(next);
    if (userId !== '') writeEmojiMemory(openPersonStorage(), userId, next);
  };
  return { memory, remember };
}
