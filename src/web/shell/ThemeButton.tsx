import type { ReactNode } from 'react';
import type { Theme } from '../hooks/use-theme.ts';
import { Icon } from '../parts/Icon.tsx';

/** Changes between the colors of the system, light and dark. */
export function ThemeButton(props: {
  readonly theme: Theme;
  readonly onTheme: () => void;
}): ReactNode {
  const { theme, onTheme } = props;
  return (
    <button
      type="button"
      className="icon-button top-theme"
      onClick={onTheme}
      aria-label={`Colors: ${theme}`}
      aria-keyshortcuts="t"
      title={`Colors: ${theme} (t)`}
    >
      <Icon name={theme} />
    </button>
  );
}
