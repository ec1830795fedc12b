import type { ReactNode, RefObject } from 'react';
import type { Theme } from '../hooks/use-theme.ts';
import type { ReportModel } from '../model/report-model.ts';
import { verdictOf } from '../model/verdict.ts';
import { Icon } from '../parts/Icon.tsx';

/** The verdict, the filter and the controls for the whole page. */
export function Header(props: {
  readonly model: ReportModel;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly filter: RefObject<HTMLInputElement | null>;
  readonly found: number | null;
  /** Lists the matches of the filter. */
  readonly onList: () => void;
  readonly theme: Theme;
  readonly onTheme: () => void;
  readonly onHelp: () => void;
}): ReactNode {
  const { model, query, onQuery, filter, found, onList, theme, onTheme, onHelp } = props;
  const verdict = verdictOf(model.analysis);
  return (
    <header className="header">
      <div className="verdict">
        <a
          className="brand"
          href={model.address({ kind: 'overview' })}
          aria-label="Culprit, overview"
        >
          culprit
        </a>
        <h1>{verdict.headline}</h1>
        <p>
          {verdict.detail}
          <a href={model.address({ kind: 'run' })}>About this run</a>
        </p>
      </div>
      <div className="controls">
        <search className="filter">
          <input
            ref={filter}
            type="search"
            value={query}
            placeholder="Filter causes and traces"
            title="Press Enter to list the matches"
            aria-label="Filter causes and traces"
            aria-keyshortcuts="/"
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => onQuery(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') onList();
              if (event.key !== 'Escape') return;
              event.preventDefault();
              if (query === '') event.currentTarget.blur();
              else onQuery('');
            }}
          />
          <kbd>/</kbd>
          <output aria-live="polite">{found === null ? '' : `${found} found`}</output>
        </search>
        <button
          type="button"
          className="icon-button"
          onClick={onTheme}
          aria-label={`Colors: ${theme}`}
          title={`Colors: ${theme} (t)`}
        >
          <Icon name={theme} />
        </button>
        <button
          type="button"
          className="icon-button"
          onClick={onHelp}
          aria-label="Keyboard help"
          title="Keyboard help (?)"
        >
          ?
        </button>
      </div>
    </header>
  );
}
