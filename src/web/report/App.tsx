import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { count, plural } from '../../text/format.ts';
import { span } from '../../text/moments.ts';
import { goTo } from '../hooks/use-hash.ts';
import { useKeys } from '../hooks/use-keys.ts';
import { useScreenFocus } from '../hooks/use-screen-focus.ts';
import { useTheme } from '../hooks/use-theme.ts';
import { defineColors } from '../parts/color-variable.ts';
import { Help } from '../shell/Help.tsx';
import { KeyStrip } from '../shell/KeyStrip.tsx';
import { Notice } from '../shell/Notice.tsx';
import { TopBar } from '../shell/TopBar.tsx';
import { CurrentNavigation, HASHES } from './hooks/links.ts';
import { useAddress } from './hooks/use-address.ts';
import { useScoped } from './hooks/use-scoped.ts';
import { facetsOf } from './model/facets.ts';
import { KEY_SECTIONS, keysOf } from './model/key-help.ts';
import { leadOf } from './model/lead.ts';
import { counterpart, type Levels } from './model/levels.ts';
import { addressHash, type Route } from './model/route.ts';
import { EVERYTHING, isNarrow, type Scope } from './model/scope.ts';
import { wordsOf } from './model/words.ts';
import { ReportScreen } from './ReportScreen.tsx';
import { ReportRail } from './views/shell/ReportRail.tsx';
import { ScopeBar } from './views/shell/ScopeBar.tsx';

/** The report: its frame, and the screen of the current address. */
export function App(props: { readonly levels: Levels }): ReactNode {
  const { levels } = props;
  const address = useAddress();
  const { route, scope } = address;
  const navigation = useMemo(() => ({ ...HASHES, address }), [address]);
  const level = levels.of(address);
  const model = levels.at(level);
  const { theme, scheme, next: nextTheme } = useTheme();
  const [help, setHelp] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const main = useRef<HTMLElement>(null);
  const { scoped, passing } = useScoped(model, scope);
  const facets = useMemo(() => facetsOf(model), [model]);
  const lead = useMemo(() => leadOf(model, scoped, scope), [model, scoped, scope]);
  const words = wordsOf(model.analysis);

  useEffect(() => defineColors(document.documentElement), []);
  useEffect(() => {
    document.title = `${lead.title.replaceAll('`', '')} · Culprit`;
  }, [lead]);
  const page = addressHash({ ...address, granularity: null, scope: EVERYTHING });
  useScreenFocus(main, page, '.cause-link');

  const go = (to: Route, how: 'push' | 'replace' = 'push'): void =>
    goTo(addressHash({ ...address, route: to }), how);
  const toScope = (to: Scope): void => goTo(addressHash({ ...address, scope: to }), 'replace');
  const openRank = (rank: number): void => {
    const cause = scoped.ranked[rank - 1];
    if (cause !== undefined) go({ kind: 'cluster', id: cause.cluster.id });
  };
  const toLevel = (to: number): void => {
    if (levels.all[to] === undefined || to === level) return;
    const next = levels.at(to);
    const there = counterpart(model, next, route);
    goTo(addressHash({ route: there, granularity: next.granularity, scope }), 'replace');
  };
  useKeys(
    {
      ...Object.fromEntries(
        Array.from({ length: 9 }, (_, i) => [String(i + 1), () => openRank(i + 1)]),
      ),
      h: () => go({ kind: 'home' }),
      m: () => go({ kind: 'map' }),
      '/': () => search.current?.focus(),
      '<': () => toLevel(level - 1),
      '>': () => toLevel(level + 1),
      '?': () => setHelp(true),
      t: nextTheme,
      'Escape Backspace': () => {
        if (route.kind !== 'home') go({ kind: 'home' });
      },
    },
    'everywhere',
  );

  const { firstSeen, lastSeen, buckets } = model.analysis.traffic;
  const period = firstSeen === null || lastSeen === null ? null : span(firstSeen, lastSeen);
  const times =
    buckets === null
      ? []
      : Array.from(
          { length: buckets.traces.length + 1 },
          (_, i) => buckets.start + i * buckets.width,
        );
  const [first] = scoped.ranked.length > 0 ? scoped.ranked : scoped.unexplained;
  return (
    <CurrentNavigation value={navigation}>
      <div className="shell">
        <ReportRail
          route={route}
          first={first === undefined ? null : { kind: 'cluster', id: first.cluster.id }}
          causes={scoped.ranked.length}
          causeWord={words.Causes}
          traces={scoped.sampled}
          page={page}
          onSkip={() => main.current?.focus()}
        >
          <p>{plural(model.analysis.files.length, 'file')} read.</p>
          <p>Nothing leaves this page.</p>
          {model.analysis.options.redact !== 'off' && <p>Personal data and secrets are masked.</p>}
          <p>culprit {model.analysis.toolVersion}</p>
        </ReportRail>
        <TopBar
          query={scope.query}
          onQuery={(query) => toScope({ ...scope, query })}
          searchFor="Search all text"
          onList={() => setTimeout(() => goTo(location.hash.replace(/^#[^?]*/, '#traces')))}
          found={scope.query.trim() === '' ? '' : `${count(scoped.sampled)} found`}
          search={search}
          theme={theme}
          onTheme={nextTheme}
        >
          <ScopeBar facets={facets} scope={scope} onScope={toScope} times={times} period={period} />
        </TopBar>
        <main className="main" ref={main} tabIndex={-1} data-narrow={isNarrow(scope) || undefined}>
          <div className="screen" data-screen={route.kind}>
            <ReportScreen
              levels={levels}
              model={model}
              scoped={scoped}
              passing={passing}
              scope={scope}
              lead={lead}
              route={route}
              scheme={scheme}
              onLevel={toLevel}
              onScope={toScope}
            />
          </div>
        </main>
        <KeyStrip
          keys={keysOf(route, {
            isAll: words.isAll,
            isPromotable: model.analysis.command !== null,
          })}
          onHelp={() => setHelp(true)}
        />
        <Notice />
        <Help sections={KEY_SECTIONS} open={help} onClose={() => setHelp(false)} />
      </div>
    </CurrentNavigation>
  );
}
