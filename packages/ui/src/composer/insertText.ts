/** Owns putting text where the caret is, as if it were typed: the browser's undo takes it back. */
export function insertText(field: HTMLTextAreaElement, text: string): void {
  field.focus();
  // Old, and the only way that undo knows of.
  if (document.execCommand?.('insertText', false, text) === true) return;
  const { selectionStart: start, selectionEnd: end } = field;
  field.setRangeText(text, start, end, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText' }));
}
