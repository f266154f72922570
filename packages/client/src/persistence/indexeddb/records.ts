/**
 * Owns doubt about what was read: it was written by another version of this code perhaps, or by something else. What
 * does not look as it should is taken for not kept; it never reaches the rooms.
 */
import type { KeptEntry, KeptItem, KeptTimeline } from '../contract.ts';

export function isEntry(value: unknown): value is KeptEntry {
  return (
    isRecord(value) &&
    isRecord(value.entry) &&
    isRecord(value.entry.conversation) &&
    isText(value.entry.conversation.id) &&
    isNumber(value.entry.conversation.version) &&
    isNumber(value.entry.readSeq) &&
    isRecord(value.said) &&
    isNumber(value.said.readSeq) &&
    isNumber(value.said.deliveredSeq)
  );
}

export function isTimeline(value: unknown): value is KeptTimeline {
  return (
    isRecord(value) &&
    isText(value.conversationId) &&
    isText(value.epoch) &&
    isNumber(value.version) &&
    isList(value.rows, (row) => isRecord(row) && isText(row.id) && isNumber(row.seq)) &&
    isList(value.cursors, (pair) => isList(pair, () => true) && pair.length === 2)
  );
}

export function isItem(value: unknown): value is KeptItem {
  return (
    isRecord(value) &&
    isText(value.key) &&
    (value.kind === 'send' || value.kind === 'edit' || value.kind === 'delete') &&
    isText(value.conversationId) &&
    isText(value.messageId) &&
    isText(value.content) &&
    isList(value.files, (file) => isRecord(file) && isText(file.localId))
  );
}

/** The list itself, without its entries. */
export function isHead(value: unknown): boolean {
  return (
    isRecord(value) &&
    isRecord(value.position) &&
    isText(value.position.since) &&
    isText(value.position.epoch) &&
    isRecord(value.me) &&
    isText(value.me.userId) &&
    isText(value.me.name)
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isList(value: unknown, fits: (each: unknown) => boolean): value is unknown[] {
  return Array.isArray(value) && value.every(fits);
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number';
