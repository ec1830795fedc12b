import type { ReactNode, RefObject } from 'react';
import type { Theme } from '../hooks/use-theme.ts';
import { SearchBox } from './SearchBox.tsx';
import { ThemeButton } from './ThemeButton.tsx';

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
      <ThemeButton theme={theme} onTheme={onTheme} />
    </header>
  );
}
