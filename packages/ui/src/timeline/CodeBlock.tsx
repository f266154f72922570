/** Owns code of several lines: it scrolls sideways instead of breaking, and is copied whole. */
import { IconButton } from '../icons/IconButton.tsx';
import { useUi } from '../runtime/UiProvider.tsx';
import { useCopy } from './useCopy.ts';

export interface CodeBlockProps {
  /** As written beside the opening fence; may be empty. */
  language: string;
  text: string;
  tabIndex: number;
}

export function CodeBlock({ language, text, tabIndex }: CodeBlockProps) {
  const { texts } = useUi();
  const { copied, copy } = useCopy();
  return (
    <div className="natter-code-block" dir="ltr">
      <div className="natter-code-head">
        <span>{language}</span>
        <IconButton
          icon={copied ? 'check' : 'copy'}
          label={copied ? texts.timeline.copied : texts.timeline.copyCode}
          tabIndex={tabIndex}
          onClick={() => copy(text)}
        />
      </div>
      <pre tabIndex={tabIndex}>
        <code>{text}</code>
      </pre>
    </div>
  );
}
