import { type ReactNode, type RefObject, useEffect, useState } from 'react';
import { Icon } from '../../../parts/Icon.tsx';

const PAUSE_MS = 160;

/** Searches while the user types; the address follows after a short pause. */
export function SearchBox(props: {
  readonly query: string;
  readonly onQuery: (query: string) => void;
  /** Lists the matches. */
  readonly onList: () => void;
  /** How many were found; empty without a query. */
  readonly found: string;
  readonly search: RefObject<HTMLInputElement | null>;
}): ReactNode {
  const { query, onQuery, onList, found, search } = props;
  const [typed, setTyped] = useState(query);
  useEffect(() => setTyped(query), [query]);
  useEffect(() => {
    if (typed === query) return;
    const timer = setTimeout(() => onQuery(typed), PAUSE_MS);
    return () => clearTimeout(timer);
  });
  return (
    <search className="search">
      <Icon name="search" />
      <input
        ref={search}
        type="search"
        value={typed}
        placeholder="Search all text"
        aria-label="Search all text"
        aria-keyshortcuts="/"
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            onQuery(typed);
            onList();
          }
          if (event.key !== 'Escape') return;
          event.preventDefault();
          if (typed === '') event.currentTarget.blur();
          else {
            setTyped('');
            onQuery('');
          }
        }}
      />
      <output aria-live="polite">{found}</output>
      <kbd>/</kbd>
    </search>
  );
}
