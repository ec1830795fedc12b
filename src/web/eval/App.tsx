import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { count } from '../../text/format.ts';
import { goTo, useHash } from '../hooks/use-hash.ts';
import { useKeys } from '../hooks/use-keys.ts';
import { useScreenFocus } from '../hooks/use-screen-focus.ts';
import { useTheme } from '../hooks/use-theme.ts';
import { Help } from '../shell/Help.tsx';
import { KeyStrip } from '../shell/KeyStrip.tsx';
import { Notice } from '../shell/Notice.tsx';
import { Rail } from '../shell/Rail.tsx';
import { TopBar } from '../shell/TopBar.tsx';
import { KEY_SECTIONS, keysOf } from './model/key-help.ts';
import { hashOf, NO_FILTER, parseRoute, type Route } from './model/route.ts';
import type { RunModel } from './model/run-model.ts';
import { claimOf, VERDICTS } from './model/words.ts';
import { RunScreen } from './RunScreen.tsx';
import { filtered } from './views/CasesPage.tsx';

const CASES: Route = { kind: 'cases', filter: NO_FILTER };

/** The report of a run: its frame, and the screen of the current address. */
export function App(props: { readonly model: RunModel }): ReactNode {
  const { model } = props;
  const { data } = model;
  const hash = useHash();
  const route = useMemo(() => parseRoute(hash), [hash]);
  const { theme, next: nextTheme } = useTheme();
  const [help, setHelp] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const main = useRef<HTMLElement>(null);
  const filter = route.kind === 'cases' ? route.filter : NO_FILTER;
  const page = hashOf(route).split('?')[0] ?? '';
  useScreenFocus(main, page, '.case-link');
  const word = VERDICTS[data.judgment.verdict].word;
  useEffect(() => {
    document.title = `${word}: ${claimOf(data.judgment.sentence).claim} · Culprit`;
  }, [word, data]);
  const go = (to: Route): void => goTo(hashOf(to));
  useKeys(
    {
      h: () => go({ kind: 'home' }),
      c: () => go(CASES),
      '/': () => search.current?.focus(),
      '?': () => setHelp(true),
      t: nextTheme,
      'Escape Backspace': () => {
        if (route.kind !== 'home') go(route.kind === 'case' ? CASES : { kind: 'home' });
      },
    },
    'everywhere',
  );
  const { target, baseline } = data;
  return (
    <div className="shell">
      <Rail
        page={page}
        onSkip={() => main.current?.focus()}
        screens={[
          { name: 'Verdict', icon: 'verdict', href: '#home', isCurrent: route.kind === 'home' },
          {
            name: 'Cases',
            icon: 'traces',
            href: hashOf(CASES),
            isCurrent: route.kind === 'cases' || route.kind === 'case',
            count: model.cases.length,
          },
          { name: 'About', icon: 'run', href: '#about', isCurrent: route.kind === 'about' },
        ]}
      >
        <p>Nothing leaves this page.</p>
        <p>culprit {data.toolVersion}</p>
      </Rail>
      <TopBar
        searchFor="Search the cases"
        query={filter.query}
        onQuery={(query) => {
          const to = hashOf({ kind: 'cases', filter: { ...filter, query } });
          goTo(to, route.kind === 'cases' ? 'replace' : 'push');
        }}
        onList={() => {
          if (route.kind !== 'cases') go(CASES);
        }}
        found={
          filter.query.trim() === '' ? '' : `${count(filtered(model.cases, filter).length)} found`
        }
        search={search}
        theme={theme}
        onTheme={nextTheme}
      >
        <p className="run-scope">
          <span className="dim">Run</span> <b>{target.version ?? target.spec}</b>
          {baseline !== null && (
            <>
              {' '}
              <span className="dim">against</span> <b>{baseline.version ?? baseline.spec}</b>
            </>
          )}
        </p>
      </TopBar>
      <main className="main" ref={main} tabIndex={-1}>
        <div className="screen" data-screen={route.kind}>
          <RunScreen model={model} route={route} />
        </div>
      </main>
      <KeyStrip keys={keysOf(route)} onHelp={() => setHelp(true)} />
      <Notice />
      <Help sections={KEY_SECTIONS} open={help} onClose={() => setHelp(false)} />
    </div>
  );
}
