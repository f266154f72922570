/** Owns how an empty or failed place looks: a mark, a sentence, what to do about it. */
import type { ReactNode } from 'react';
import { Icon, type IconName } from '../icons/Icon.tsx';

export interface NoticeProps {
  icon: IconName;
  title: string;
  hint?: string | undefined;
  /** Failures are announced at once. */
  failure?: boolean;
  children?: ReactNode;
}

export function Notice({ icon, title, hint, failure = false, children }: NoticeProps) {
  return (
    <div className="natter-notice" role={failure ? 'alert' : undefined}>
      <span className="natter-notice-icon">
        <Icon name={icon} />
      </span>
      <p className="natter-notice-title">{title}</p>
      {hint !== undefined && hint !== '' && <p className="natter-notice-hint">{hint}</p>}
      {children}
    </div>
  );
}
