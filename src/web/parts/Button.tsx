import type { ReactNode } from 'react';

/** A button with the key that does the same. */
export function Button(props: {
  readonly children: ReactNode;
  readonly shortcut?: string;
  readonly main?: boolean;
  readonly pressed?: boolean;
  readonly title?: string;
  readonly onPress: () => void;
}): ReactNode {
  const { children, shortcut, main, pressed, title, onPress } = props;
  return (
    <button
      type="button"
      className="button"
      data-main={main || undefined}
      aria-pressed={pressed}
      aria-keyshortcuts={shortcut}
      title={title}
      onClick={onPress}
    >
      {children}
      {shortcut !== undefined && <kbd>{shortcut}</kbd>}
    </button>
  );
}
