import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { Icon } from '../parts/Icon.tsx';

const PAUSE_MS = 160;

/** Searches while the user types; the address follows after a short pause. */
export function SearchBox(props: {
  /** What it says while empty. */
  readonly searchFor: string;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  /** Lists the matches. */
  readonly onList: () => void;
  /** How many were found; empty without a query. */
  readonly found: string;
  readonly search: RefObject<HTMLInputElement | null>;
}): ReactNode {
  const { searchFor, query, onQuery, onList, found, search } = props;
  const [typed, setTyped] = useState(query);
  const sent = useRef(query);
  const send = (text: string): void => {
    sent.current = text;
    onQuery(text);
  };
  // A query of our own comes back late on a slow machine: the user has typed on by then.
  useEffect(() => {
    if (query === sent.current) return;
    sent.current = query;
    setTyped(query);
  }, [query]);
  useEffect(() => {
    if (typed === sent.current) return;
    const timer = setTimeout(() => send(typed), PAUSE_MS);
    return () => clearTimeout(timer);
  });
  return (
    <search className="search">
      <Icon name="search" />
      <input
        ref={search}
        type="search"
        value={typed}
        placeholder={searchFor}
        aria-label={searchFor}
        aria-keyshortcuts="/"
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            send(typed);
            event.currentTarget.blur();
            onList();
          }
          if (event.key !== 'Escape') return;
          event.preventDefault();
          if (typed === '') event.currentTarget.blur();
          else {
            setTyped('');
            send('');
          }
        }}
      />
      <output aria-live="polite">{found}</output>
      <kbd>/</kbd>
    </search>
  );
}
