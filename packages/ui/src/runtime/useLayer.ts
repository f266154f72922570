/** Owns telling the application of a layer for as long as the component is there. */
import { useEffect, useRef } from 'react';
import { useUi } from './UiProvider.tsx';

export function useLayer(onClose: () => void): void {
  const { layers } = useUi();
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });
  useEffect(() => layers?.open(() => close.current()), [layers]);
}
