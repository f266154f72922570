/** Owns one image on the viewer's stage: its thumbnail until it is sharp, and wheel, fingers and mouse on it. */
import type { Attachment } from '@natter/protocol';
import {
  type CSSProperties,
  type PointerEvent,
  type Ref,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import { Notice } from '../dialogs/Notice.tsx';
import { Spinner } from '../dialogs/Spinner.tsx';
import { useUi } from '../runtime/UiProvider.tsx';
import { useFileUrl } from './useFileUrl.ts';
import {
  doubleScale,
  type Look,
  moveBy,
  type Point,
  stepFactor,
  wholeLook,
  zoomAt,
} from './zoom.ts';

export interface ZoomImageHandle {
  closer(): void;
  farther(): void;
  whole(): void;
}

export interface ZoomImageProps {
  ref: Ref<ZoomImageHandle>;
  attachment: Attachment;
  alt: string;
  /** 1: to the next one. */
  onSwipe: (step: 1 | -1) => void;
  onDismiss: () => void;
}

/** A finger that has gone so far meant it. */
const swipeMin = 60;
const dismissMin = 110;
const middle: Point = { x: 0, y: 0 };

export function ZoomImage({ ref, attachment, alt, onSwipe, onDismiss }: ZoomImageProps) {
  const { texts } = useUi();
  const stage = useRef<HTMLDivElement>(null);
  const picture = useRef<HTMLDivElement>(null);
  const fingers = useRef(new Map<number, Point>());
  const drag = useRef<Point>(middle);
  const [look, setLook] = useState<Look>(wholeLook);
  const thumbnail = useFileUrl(attachment.fileId, 'thumbnail');
  const original = useFileUrl(attachment.fileId, 'original');
  const { width, height } = attachment;
  const ratio = width !== null && height !== null && height > 0 ? width / height : null;

  function change(turn: (look: Look, picture: HTMLElement, stage: HTMLElement) => Look) {
    const [inner, outer] = [picture.current, stage.current];
    if (inner !== null && outer !== null) setLook((before) => turn(before, inner, outer));
  }
  const zoom = (factor: number, point: Point) =>
    change((before, inner, outer) => zoomAt(before, factor, point, sizeOf(inner), sizeOf(outer)));

  useImperativeHandle(ref, () => ({
    closer: () => zoom(stepFactor, middle),
    farther: () => zoom(1 / stepFactor, middle),
    whole: () => setLook(wholeLook),
  }));

  // React's own wheel listeners are passive, and the page must not scroll or zoom instead.
  useEffect(() => {
    const outer = stage.current;
    if (outer === null) return;
    function onWheel(event: WheelEvent) {
      event.preventDefault();
      const inner = picture.current;
      if (inner === null || outer === null) return;
      const factor = Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0022));
      const point = fromMiddle(outer, event);
      setLook((before) => zoomAt(before, factor, point, sizeOf(inner), sizeOf(outer)));
    }
    outer.addEventListener('wheel', onWheel, { passive: false });
    return () => outer.removeEventListener('wheel', onWheel);
  }, []);

  function onPointerDown(event: PointerEvent<HTMLDivElement>) {
    if (event.button !== 0 || (event.target as Element).closest('button') !== null) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    fingers.current.set(event.pointerId, fromMiddle(event.currentTarget, event));
    drag.current = middle;
  }

  function onPointerMove(event: PointerEvent<HTMLDivElement>) {
    const before = fingers.current.get(event.pointerId);
    if (before === undefined) return;
    const now = fromMiddle(event.currentTarget, event);
    const other = [...fingers.current].find(([id]) => id !== event.pointerId)?.[1];
    fingers.current.set(event.pointerId, now);
    const by = { x: now.x - before.x, y: now.y - before.y };
    if (other !== undefined) {
      const factor = distance(now, other) / Math.max(1, distance(before, other));
      zoom(factor, { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
      drag.current = middle;
    } else if (look.scale > 1) {
      change((from, inner, outer) => moveBy(from, by, sizeOf(inner), sizeOf(outer)));
    } else drag.current = { x: drag.current.x + by.x, y: drag.current.y + by.y };
  }

  function onPointerUp(event: PointerEvent<HTMLDivElement>) {
    if (!fingers.current.delete(event.pointerId)) return;
    const { x, y } = drag.current;
    drag.current = middle;
    if (look.scale > 1 || event.type === 'pointercancel') return;
    const isRtl = getComputedStyle(event.currentTarget).direction === 'rtl';
    if (Math.abs(x) >= swipeMin && Math.abs(x) > Math.abs(y)) onSwipe(x < 0 === !isRtl ? 1 : -1);
    else if (y >= dismissMin && event.pointerType !== 'mouse') onDismiss();
  }

  const size =
    ratio === null ? {} : { '--natter-viewer-width': `${width}px`, '--natter-viewer-ratio': ratio };
  const style = {
    ...size,
    transform: `translate(${look.x}px, ${look.y}px) scale(${look.scale})`,
  } as CSSProperties;
  const shown = original.state === 'ready' ? original : thumbnail;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the viewer's keys and buttons do all that fingers do here.
    <div
      ref={stage}
      className="natter-viewer-stage"
      data-zoomed={look.scale > 1}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerUp}
      onDoubleClick={(event) => {
        if (look.scale > 1) setLook(wholeLook);
        else zoom(doubleScale, fromMiddle(event.currentTarget, event));
      }}
    >
      <div
        ref={picture}
        className="natter-viewer-picture"
        data-sized={ratio !== null}
        style={style}
      >
        {shown.state === 'ready' && (
          <img
            src={shown.url}
            alt={alt}
            draggable={false}
            data-sharp={original.state === 'ready'}
          />
        )}
      </div>
      {original.state === 'loading' && (
        <div className="natter-viewer-wait">
          <Spinner label={texts.common.loading} />
        </div>
      )}
      {original.state === 'failed' && (
        <div className="natter-viewer-failed">
          <Notice icon="alert" title={texts.files.imageFailed} failure>
            <button type="button" className="natter-button" onClick={original.retry}>
              {texts.common.retry}
            </button>
          </Notice>
        </div>
      )}
    </div>
  );
}

function sizeOf({ offsetWidth, offsetHeight }: HTMLElement) {
  return { width: offsetWidth, height: offsetHeight };
}

/** From where a whole picture has its middle, which the room left under it moves up. */
function fromMiddle(stage: Element, { clientX, clientY }: { clientX: number; clientY: number }) {
  const { left, top, width, height } = stage.getBoundingClientRect();
  const { paddingTop, paddingBottom } = getComputedStyle(stage);
  const moved = (Number.parseFloat(paddingTop) - Number.parseFloat(paddingBottom)) / 2 || 0;
  return { x: clientX - left - width / 2, y: clientY - top - height / 2 - moved };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
