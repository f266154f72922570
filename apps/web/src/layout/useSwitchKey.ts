/** Owns the key that opens the switcher from anywhere: Ctrl+K, and ⌘K where there is a command key. */
import { useEffect } from 'react';

const isApple = /mac|iphone|ipad/iu.test(navigator.platform);

/** As it is told to people, and to screen readers. */
export const switchShortcut = isApple
  ? { shown: '⌘K', aria: 'Meta+K' }
  : { shown: 'Ctrl+K', aria: 'Control+K' };

export function useSwitchKey(onSwitch: () => void): void {
  useEffect(() => {
    function press(event: KeyboardEvent) {
      const isHeld = isApple ? event.metaKey : event.ctrlKey;
      if (!isHeld || event.shiftKey || event.altKey || event.key.toLowerCase() !== 'k') return;
      // The browser's own meaning of it is of no use here, in a dialog either.
      event.preventDefault();
      if (document.querySelector('dialog[open]') === null) onSwitch();
    }
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [onSwitch]);
}
