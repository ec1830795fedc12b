import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { plural } from '../../../text/format.ts';
import { copy } from '../../hooks/copy.ts';
import { useKeys } from '../../hooks/use-keys.ts';
import { useTheme } from '../../hooks/use-theme.ts';
import { Help } from '../../shell/Help.tsx';
import { KeyStrip } from '../../shell/KeyStrip.tsx';
import type { KeyHelp } from '../../shell/key-help.ts';
import { Notice } from '../../shell/Notice.tsx';
import { SearchBox } from '../../shell/SearchBox.tsx';
import { ThemeButton } from '../../shell/ThemeButton.tsx';
import { curlLine } from './curl-line.ts';
import { found, searchTexts } from './find-operations.ts';
import { OperationList } from './OperationList.tsx';
import { ALL, OperationPage } from './OperationPage.tsx';
import { Overview } from './Overview.tsx';
import { type ApiDescription, type Operation, operationsOf } from './openapi.ts';
import './api-docs.css';

const KEYS: readonly KeyHelp[] = [
  ['j k', 'next, previous route'],
  ['c', 'copy the line'],
  ['/', 'search'],
];
const EVERYWHERE: readonly KeyHelp[] = [
  ...KEYS,
  ['Esc', 'all routes'],
  ['t', 'colors'],
  ['?', 'keys'],
];

/** The API as its description has it: a list of routes, and all about the one that the address names. */
export function ApiDocs(): ReactNode {
  const [description, setDescription] = useState<ApiDescription | Error | null>(null);
  useEffect(() => {
    fetch('/api/v1/openapi.json')
      .then((answer) => answer.json() as Promise<ApiDescription>)
      .then(setDescription, (error: unknown) => setDescription(new Error(String(error))));
  }, []);
  if (description === null) return <main className="screen dim">Asking the server</main>;
  if (description instanceof Error)
    return (
      <main className="screen">
        <h1>The server does not answer</h1>
        <p>Start it with culprit serve, then load this page again. {description.message}</p>
      </main>
    );
  return <Described description={description} />;
}

function Described(props: { readonly description: ApiDescription }): ReactNode {
  const { description } = props;
  const { schemas } = description.components;
  const operations = useMemo(() => operationsOf(description), [description]);
  const texts = useMemo(() => searchTexts(operations, schemas), [operations, schemas]);
  const [query, setQuery] = useState('');
  const shown = useMemo(() => found(query, operations, texts), [query, operations, texts]);
  const id = useHash();
  const chosen = operations.find((each) => each.id === id) ?? null;
  const { theme, next: nextTheme } = useTheme();
  const [help, setHelp] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const main = useRef<HTMLElement>(null);
  const base = `${location.origin}${description.servers[0]?.url ?? ''}`;

  useEffect(() => {
    document.title = `${chosen === null ? 'API' : `${chosen.method} ${chosen.path}`} · Culprit`;
    if (main.current !== null) main.current.scrollTop = 0;
    if (chosen !== null) main.current?.focus({ preventScroll: true });
  }, [chosen]);

  const step = (by: number): void => {
    const at = chosen === null ? (by > 0 ? -1 : shown.length) : shown.indexOf(chosen);
    const next = shown[at + by];
    if (next !== undefined) location.hash = next.id;
  };
  useKeys({
    '/': () => search.current?.focus(),
    j: () => step(1),
    k: () => step(-1),
    c: () => {
      if (chosen !== null) copy(curlLine(chosen, base, schemas), 'Copied');
    },
    t: nextTheme,
    '?': () => setHelp(true),
    'Escape Backspace': () => {
      location.hash = ALL;
    },
  });

  return (
    <div className="docs" data-chosen={chosen !== null || undefined}>
      <button type="button" className="skip docs-skip" onClick={() => main.current?.focus()}>
        Skip the list
      </button>
      <header className="top">
        <a className="docs-home" href="/">
          culprit
        </a>
        <a className="docs-title" href={`#${ALL}`}>
          API
        </a>
        <SearchBox
          searchFor="Search routes and fields"
          query={query}
          onQuery={(text) => {
            setQuery(text);
            // Where there is no room for the list, the overview shows what was found.
            if (text !== '' && matchMedia('(width <= 860px)').matches) location.hash = ALL;
          }}
          onList={() => openFirst(shown)}
          found={query.trim() === '' ? '' : plural(shown.length, 'route')}
          search={search}
        />
        <ThemeButton theme={theme} onTheme={nextTheme} />
      </header>
      <OperationList
        tags={description.tags.map(({ name }) => name)}
        operations={shown}
        isSearch={query.trim() !== ''}
        chosen={chosen}
      />
      <main id="main" className="main" ref={main} tabIndex={-1}>
        <div className="screen docs-screen">
          {chosen === null ? (
            <Overview
              description={description}
              operations={shown}
              base={base}
              isMissing={id !== '' && id !== ALL}
            />
          ) : (
            <OperationPage key={chosen.id} operation={chosen} base={base} schemas={schemas} />
          )}
        </div>
      </main>
      <KeyStrip keys={KEYS} onHelp={() => setHelp(true)} />
      <Notice />
      <Help sections={[['The API', EVERYWHERE]]} open={help} onClose={() => setHelp(false)} />
    </div>
  );
}

function openFirst([first]: readonly Operation[]): void {
  if (first !== undefined) location.hash = first.id;
}

/** What stands behind `#`. */
function useHash(): string {
  const [hash, setHash] = useState(() => location.hash.slice(1));
  useEffect(() => {
    const change = (): void => setHash(location.hash.slice(1));
    addEventListener('hashchange', change);
    return () => removeEventListener('hashchange', change);
  }, []);
  return hash;
}
