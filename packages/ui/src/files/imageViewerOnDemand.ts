/** Owns loading the viewer when the first image is opened. */
import { onDemand } from '../dialogs/onDemand.tsx';
import type { ImageViewerProps } from './ImageViewer.tsx';

export const ImageViewer = onDemand<ImageViewerProps>(() =>
  import('./ImageViewer.tsx').then((module) => module.ImageViewer),
);
