/** Owns the geometry of looking closer: what is under the finger stays there, and a picture is never lost off screen. */
export interface Look {
  scale: number;
  /** How far the picture's middle is from the stage's, in pixels. */
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

export const wholeLook: Look = { scale: 1, x: 0, y: 0 };
export const scaleMax = 8;
/** What a double click, and a press of + comes to. */
export const doubleScale = 2.5;
export const stepFactor = 1.4;

/** `point` is measured from the middle of the stage; `picture` is its size when it shows whole. */
export function zoomAt(look: Look, factor: number, point: Point, picture: Size, stage: Size): Look {
  const scale = Math.min(scaleMax, Math.max(1, look.scale * factor));
  const part = scale / look.scale;
  return within(
    { scale, x: point.x - (point.x - look.x) * part, y: point.y - (point.y - look.y) * part },
    picture,
    stage,
  );
}

export function moveBy(look: Look, by: Point, picture: Size, stage: Size): Look {
  return within({ ...look, x: look.x + by.x, y: look.y + by.y }, picture, stage);
}

/** Pulled back so far that it covers the stage, or stands in its middle where it is smaller. */
function within({ scale, x, y }: Look, picture: Size, stage: Size): Look {
  const roomX = Math.max(0, (picture.width * scale - stage.width) / 2);
  const roomY = Math.max(0, (picture.height * scale - stage.height) / 2);
  return { scale, x: clamp(x, roomX), y: clamp(y, roomY) };
}

// Without the zero, "-0" would be another look than "0".
function clamp(value: number, most: number): number {
  return Math.min(most, Math.max(-most, value)) + 0;
}
