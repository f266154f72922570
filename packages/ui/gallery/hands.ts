/** Owns what is done in a state of the gallery to get there: pressed, typed, dragged, and waited for. */

/** The first that fits `selector` and is to be seen, once one is; it may be loaded on demand. */
export async function find(page: HTMLElement, selector: string): Promise<HTMLElement> {
  for (let frames = 0; frames < 600; frames++) {
    const found = [...page.querySelectorAll<HTMLElement>(selector)].find((each) =>
      each.checkVisibility({ visibilityProperty: true }),
    );
    if (found !== undefined) return found;
    await new Promise((drawn) => requestAnimationFrame(drawn));
  }
  throw new Error(`unable to go on: nothing here fits ${selector}`);
}

export async function press(page: HTMLElement, selector: string): Promise<void> {
  (await find(page, selector)).click();
}

export async function type(page: HTMLElement, selector: string, text: string): Promise<void> {
  const field = await find(page, selector);
  field.focus();
  document.execCommand('insertText', false, text);
}

export async function key(page: HTMLElement, selector: string, name: string): Promise<void> {
  const target = await find(page, selector);
  target.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true }));
}

/** The right button, in the middle. */
export async function askForMenu(page: HTMLElement, selector: string): Promise<void> {
  const target = await find(page, selector);
  const { left, top, width, height } = target.getBoundingClientRect();
  const at = { clientX: left + width / 2, clientY: top + height / 2 };
  target.dispatchEvent(new MouseEvent('contextmenu', { ...at, bubbles: true, cancelable: true }));
}

/** Files are held over it, and not let go yet. */
export async function dragOver(page: HTMLElement, selector: string, file: File): Promise<void> {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(file);
  (await find(page, selector)).dispatchEvent(
    new DragEvent('dragover', { dataTransfer, bubbles: true, cancelable: true }),
  );
}
