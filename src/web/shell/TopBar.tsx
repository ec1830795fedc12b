import type { ReactNode, RefObject } from 'react';
import type { Theme } from '../hooks/use-theme.ts';
import { Icon } from '../parts/Icon.tsx';
import { SearchBox } from './SearchBox.tsx';

/** The part of the data that is shown, the search and the theme. */
export function TopBar(props: {
  readonly children: ReactNode;
  readonly searchFor: string;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly onList: () => void;
  readonly found: string;
  readonly search: RefObject<HTMLInputElement | null>;
  readonly theme: Theme;
  readonly onTheme: () => void;
}): ReactNode {
  const { children, theme, onTheme, ...search } = props;
  return (
    <header className="top">
      {children}
      <SearchBox {...search} />
      <button
        type="button"
        className="icon-button"
        onClick={onTheme}
        aria-label={`Colors: ${theme}`}
        aria-keyshortcuts="t"
        title={`Colors: ${theme} (t)`}
      >
        <Icon name={theme} />
      </button>
    </header>
  );
}
