import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { count } from '../../text/format.ts';
import { statementText } from '../../text/statement.ts';
import { goTo, useHash } from '../hooks/use-hash.ts';
import { useKeys } from '../hooks/use-keys.ts';
import { useScreenFocus } from '../hooks/use-screen-focus.ts';
import { useTheme } from '../hooks/use-theme.ts';
import { defineColors } from '../parts/color-variable.ts';
import { Help } from '../shell/Help.tsx';
import { KeyStrip } from '../shell/KeyStrip.tsx';
import { Notice } from '../shell/Notice.tsx';
import { Rail } from '../shell/Rail.tsx';
import { TopBar } from '../shell/TopBar.tsx';
import { KEY_SECTIONS, keysOf } from './model/diff-keys.ts';
import { type DiffModel, matching } from './model/diff-model.ts';
import { type DiffRoute, diffHash, HOME, parseDiffRoute } from './model/diff-route.ts';
import { DiffScreen } from './views/diff/DiffScreen.tsx';

const MAP: DiffRoute = { kind: 'map', sides: 'both' };

/** The report of a comparison: its frame, and the screen of the current address. */
export function DiffApp(props: { readonly model: DiffModel }): ReactNode {
  const { model } = props;
  const { diff, causes } = model;
  const hash = useHash();
  const route = useMemo(() => parseDiffRoute(hash), [hash]);
  const { theme, scheme, next: nextTheme } = useTheme();
  const [help, setHelp] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const main = useRef<HTMLElement>(null);
  const query = route.kind === 'home' ? route.query : '';
  const page = diffHash(route).split('?')[0] ?? '';
  useScreenFocus(main, page, '.cause-link');
  useEffect(() => defineColors(document.documentElement), []);
  useEffect(() => {
    document.title = `${statementText(diff.headline).replaceAll('`', '')} · Culprit`;
  }, [diff]);
  const go = (to: DiffRoute): void => goTo(diffHash(to));
  useKeys(
    {
      h: () => go(HOME),
      m: () => go(MAP),
      '/': () => search.current?.focus(),
      '?': () => setHelp(true),
      t: nextTheme,
      'Escape Backspace': () => {
        // A trace goes back to its cause by itself.
        if (route.kind === 'cause' || route.kind === 'map') go(HOME);
      },
    },
    'everywhere',
  );
  return (
    <div className="shell">
      <Rail
        page={page}
        onSkip={() => main.current?.focus()}
        screens={[
          {
            name: 'Compare',
            icon: 'compare',
            href: '#home',
            isCurrent: route.kind !== 'map',
            count: causes.length,
          },
          { name: 'Map', icon: 'map', href: '#map', isCurrent: route.kind === 'map' },
        ]}
      >
        <p>Nothing leaves this page.</p>
        <p>culprit {diff.toolVersion}</p>
      </Rail>
      <TopBar
        searchFor="Find a cause"
        query={query}
        onQuery={(text) =>
          goTo(diffHash({ kind: 'home', query: text }), route.kind === 'home' ? 'replace' : 'push')
        }
        onList={() => main.current?.querySelector<HTMLElement>('.cause-link')?.focus()}
        found={query.trim() === '' ? '' : `${count(matching(causes, query).length)} found`}
        search={search}
        theme={theme}
        onTheme={nextTheme}
      >
        <p className="run-scope">
          <span className="dim">From</span> <b>{diff.before.name}</b>{' '}
          <span className="dim">to</span> <b>{diff.after.name}</b>
        </p>
      </TopBar>
      <main className="main" ref={main} tabIndex={-1}>
        <div className="screen change" data-screen={route.kind}>
          <DiffScreen model={model} route={route} scheme={scheme} />
        </div>
      </main>
      <KeyStrip keys={keysOf(route)} onHelp={() => setHelp(true)} />
      <Notice />
      <Help sections={KEY_SECTIONS} open={help} onClose={() => setHelp(false)} />
    </div>
  );
}
