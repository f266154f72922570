/**
 * Owns text that PostgreSQL would refuse. It keeps no U+0000, and people may send one: it goes in as two characters
 * and comes out as what it was. The character that announces it, one that stands for nothing in Unicode, is doubled
 * likewise.
 */
const announcing = '\ufdd0';
const announced = /\ufdd0([01])/g;

export function toStored(text: string): string {
  return text.includes('\0') || text.includes(announcing)
    ? text.replaceAll(announcing, `${announcing}1`).replaceAll('\0', `${announcing}0`)
    : text;
}

export function fromStored(stored: string): string {
  return stored.includes(announcing)
    ? stored.replace(announced, (_, which) => (which === '0' ? '\0' : announcing))
    : stored;
}

export function fromStoredJson(stored: string): unknown {
  if (!stored.includes(announcing)) return JSON.parse(stored);
  return JSON.parse(stored, (_, value) => (typeof value === 'string' ? fromStored(value) : value));
}
