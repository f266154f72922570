/** Owns where a menu goes: below what it belongs to and in line with its start, or turned round where there is no room. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export interface MenuSpace {
  anchor: Box;
  menu: { width: number; height: number };
  page: { width: number; height: number };
  rtl: boolean;
}

/** Between the menu and what it belongs to, in px. */
const gap = 4;
/** Between the menu and the edge of the page. */
const margin = 8;

export function placeMenu({ anchor, menu, page, rtl }: MenuSpace): {
  left: number;
  top: number;
  heightMax: number;
} {
  const atLeft = anchor.left;
  const atRight = anchor.right - menu.width;
  const [wanted, other] = rtl ? [atRight, atLeft] : [atLeft, atRight];
  const widest = page.width - margin - menu.width;
  const fits = (left: number) => left >= margin && left <= widest;
  const left = Math.max(margin, Math.min(fits(wanted) || !fits(other) ? wanted : other, widest));

  const below = page.height - margin - gap - anchor.bottom;
  const above = anchor.top - gap - margin;
  const isBelow = menu.height <= below || below >= above;
  const heightMax = Math.max(0, isBelow ? below : above);
  const height = Math.min(menu.height, heightMax);
  return { left, top: isBelow ? anchor.bottom + gap : anchor.top - gap - height, heightMax };
}
