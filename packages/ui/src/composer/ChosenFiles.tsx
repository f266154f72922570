/** Owns the row of files above the composer, before they are sent. */
import { useEffect, useState } from 'react';
import { formatBytes } from '../formatting/size.ts';
import { Icon } from '../icons/Icon.tsx';
import { IconButton } from '../icons/IconButton.tsx';
import { useUi } from '../runtime/UiProvider.tsx';
import type { ChosenFile } from './attachments.ts';

export function ChosenFiles({
  files,
  onRemove,
}: {
  files: readonly ChosenFile[];
  onRemove: (key: string) => void;
}) {
  const { texts } = useUi();
  if (files.length === 0) return null;
  return (
    <ul className="natter-chosen-files" aria-label={texts.composer.attached}>
      {files.map(({ key, file }) => (
        <li key={key} className="natter-chosen-file">
          <Preview file={file} />
          <IconButton
            icon="close"
            className="natter-chosen-remove"
            label={texts.composer.remove(file.name)}
            onClick={() => onRemove(key)}
          />
        </li>
      ))}
    </ul>
  );
}

function Preview({ file }: { file: File }) {
  const { locale } = useUi();
  const [url, setUrl] = useState<string | null>(null);
  const isImage = previewable.has(file.type);

  useEffect(() => {
    if (!isImage) return;
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file, isImage]);

  if (isImage)
    return (
      <span className="natter-chosen-image">
        {url !== null && <img src={url} alt={file.name} />}
      </span>
    );
  return (
    <span className="natter-chosen-card" title={file.name}>
      <Icon name="file" />
      <span className="natter-file-name">{file.name}</span>
      <span className="natter-file-size">{formatBytes(file.size, locale)}</span>
    </span>
  );
}

/** Pictures that every browser draws without running anything in them. */
const previewable = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);
