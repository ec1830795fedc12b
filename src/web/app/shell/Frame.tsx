import { Outlet } from '@tanstack/react-router';
import { type ReactNode, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { count } from '../../../text/format.ts';
import { span } from '../../../text/moments.ts';
import { goTo } from '../../hooks/use-hash.ts';
import { useKeys } from '../../hooks/use-keys.ts';
import { useScreenFocus } from '../../hooks/use-screen-focus.ts';
import { useTheme } from '../../hooks/use-theme.ts';
import { defineColors } from '../../parts/color-variable.ts';
import { Empty } from '../../parts/Empty.tsx';
import { useNavigation } from '../../report/hooks/links.ts';
import { Deployed } from '../../report/hooks/went-live.ts';
import { isNarrow } from '../../report/model/scope.ts';
import { ScopeBar } from '../../report/views/shell/ScopeBar.tsx';
import { Help } from '../../shell/Help.tsx';
import { KeyStrip } from '../../shell/KeyStrip.tsx';
import type { KeyHelp } from '../../shell/key-help.ts';
import { Notice } from '../../shell/Notice.tsx';
import { Rail } from '../../shell/Rail.tsx';
import { SearchBox } from '../../shell/SearchBox.tsx';
import { ThemeButton } from '../../shell/ThemeButton.tsx';
import type { GuardedRoute } from '../access/refusal.ts';
import { useRefusal } from '../access/use-refusal.ts';
import { useSignIn } from '../access/use-sign-in.ts';
import { NARRATE } from '../cause/narrate-route.ts';
import { useAsking } from '../client/asking.ts';
import { useIsHeard, useListening } from '../client/events.ts';
import {
  useDecisions,
  useDeploys,
  useLatest,
  useLosses,
  useReport,
  useStatus,
} from '../client/queries.ts';
import { useServerState } from '../client/server-state.ts';
import { useDecide } from '../decide/use-decide.ts';
import type { Screen, ScreenKey } from '../screen.ts';
import { SCREENS } from '../screens.ts';
import { SignIn } from '../sign-in/SignIn.tsx';
import { pathOf } from '../workspace/addresses.ts';
import { useWorkspaceOrNull, type Workspace, WorkspaceOf } from '../workspace/workspace.tsx';
import { CoverageNote } from './CoverageNote.tsx';
import { DiskFull } from './DiskFull.tsx';
import { EVERYWHERE } from './everywhere-keys.ts';
import { FailedDecisions } from './FailedDecisions.tsx';
import { MixedVersions } from './MixedVersions.tsx';
import { NoAnalysis } from './NoAnalysis.tsx';
import { NoSuchPage } from './NoSuchPage.tsx';
import { Palette } from './Palette.tsx';
import { ProjectMenu } from './ProjectMenu.tsx';
import { ServerAway } from './ServerAway.tsx';

/** The frame of a project's pages: rail, top bar, keys, help and palette, around the page of the address. */
export function Frame(props: {
  readonly pathname: string;
  readonly onKey: (key: string) => void;
}): ReactNode {
  const { pathname, onKey } = props;
  const server = useServerState();
  return server.kind === 'key' ? (
    <SignIn reason={server.reason} onKey={onKey} />
  ) : (
    <Project pathname={pathname} />
  );
}

/** Asks for the project and listens to it: for who may see it alone. */
function Project({ pathname }: { readonly pathname: string }): ReactNode {
  useListening();
  const latest = useLatest();
  const report = useReport(latest.data?.analysis?.id);
  const decided = useDecisions();
  const losses = useLosses(latest.data?.analysis?.id);
  const deploys = useDeploys();
  const screen = screenAt(pathname) ?? NOWHERE;
  const isThere = report.data !== undefined && decided.data !== undefined;
  return (
    <WorkspaceOf
      report={isThere ? report.data : null}
      decided={decided.data ?? []}
      losses={losses.data ?? null}
    >
      <Deployed value={deploys}>
        <Framed
          screen={screen}
          pathname={pathname}
          isLoading={!isThere && latest.data?.analysis !== null}
        />
      </Deployed>
    </WorkspaceOf>
  );
}

function Framed(props: {
  readonly screen: Screen;
  readonly pathname: string;
  readonly isLoading: boolean;
}): ReactNode {
  const { screen, pathname, isLoading } = props;
  const { project } = useAsking();
  const { address, href, go } = useNavigation();
  const workspace = useWorkspaceOrNull();
  const { theme, next: nextTheme } = useTheme();
  const { undoLatest } = useDecide();
  const [help, setHelp] = useState(false);
  const [palette, setPalette] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const main = useRef<HTMLElement>(null);
  const { data: status } = useStatus();
  const refusal = useRefusal();
  const isKnown = !useSignIn().isPending;
  const isSeen = ({ route }: Screen): boolean => route === undefined || refusal(route) === null;
  const isHeard = useIsHeard();

  useEffect(() => defineColors(document.documentElement), []);
  useEffect(() => {
    const lead = workspace?.lead.title.replaceAll('`', '');
    const title = screen.path === '/' ? (lead ?? project) : `${screen.name} · ${project}`;
    document.title = `${title} · Culprit`;
  }, [workspace, screen, project]);
  useScreenFocus(main, pathname, '.cause-link');
  useEffect(() => {
    const open = (event: KeyboardEvent): void => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        setPalette(true);
      }
    };
    addEventListener('keydown', open);
    return () => removeEventListener('keydown', open);
  }, []);

  const toScreen = (path: `/${string}`): void => go(pathOf(project, path));
  const openRank = (rank: number): void => {
    const cause = workspace?.scoped.ranked[rank - 1];
    if (cause === undefined) return;
    go(href({ ...address, route: { kind: 'cluster', id: cause.cluster.id } }));
  };
  useKeys(
    {
      ...Object.fromEntries(
        Array.from({ length: 9 }, (_, i) => [String(i + 1), () => openRank(i + 1)]),
      ),
      h: () => toScreen('/'),
      '/': () => search.current?.focus(),
      '<': () => workspace?.toLevel(workspace.level - 1),
      '>': () => workspace?.toLevel(workspace.level + 1),
      '?': () => setHelp(true),
      t: nextTheme,
      u: undoLatest,
      'Escape Backspace': () => {
        // A part of a page is left before the page.
        if (location.hash.length > 1 && location.hash !== '#home') goTo('#');
        else if (screen.path !== '/') toScreen(screen.parent ?? '/');
      },
    },
    'everywhere',
  );

  const missing = status?.labelModel === null ? NO_MODEL : {};
  const first = workspace?.causes[0];
  const { firstSeen = null, lastSeen = null } = workspace?.model.analysis.traffic ?? {};
  const times = useMemo(() => (workspace === null ? [] : timesOf(workspace)), [workspace]);
  return (
    <div className="shell">
      <Rail
        page={`${pathname}#main`}
        onSkip={() => main.current?.focus()}
        screens={SCREENS.filter((each) => each.icon !== null && isSeen(each)).map((each) => {
          const isCause = each.path === '/causes/$cause';
          return {
            name: each.name,
            icon: each.icon ?? 'run',
            href:
              isCause && first !== undefined
                ? href({ ...address, route: { kind: 'cluster', id: first.cluster.id } })
                : pathOf(project, isCause ? '/' : each.path),
            isCurrent: each.name === screen.name,
            ...(isCause && workspace !== null && { count: workspace.scoped.ranked.length }),
          };
        })}
      >
        <CoverageNote
          workspace={workspace}
          instead={isLoading ? '' : 'Nothing was analyzed yet.'}
        />
        <p className="rail-state" data-state={status?.store ?? 'starting'}>
          {status === undefined
            ? 'Asking the server'
            : status.store === 'ready'
              ? `Receiving traces, ${count(status.openTraces)} arriving`
              : 'The store is away'}
        </p>
        {status !== undefined && !isHeard && <p>Not connected: asks every few seconds.</p>}
        <p>Nothing leaves this machine.</p>
        <p>culprit {status?.version}</p>
      </Rail>
      <header className="top">
        <ProjectMenu />
        {workspace !== null && screen.needsAnalysis && (
          <ScopeBar
            facets={workspace.facets}
            scope={workspace.scope}
            onScope={workspace.toScope}
            times={times}
            period={firstSeen === null || lastSeen === null ? null : span(firstSeen, lastSeen)}
          />
        )}
        <button type="button" className="palette-button" onClick={() => setPalette(true)}>
          <span className="nowrap">
            Go to<span className="palette-do">, do</span>
          </span>{' '}
          <kbd>Ctrl K</kbd>
        </button>
        {workspace === null && screen.needsAnalysis && (
          <span className="search" aria-hidden="true" />
        )}
        {workspace !== null && screen.needsAnalysis && (
          <SearchBox
            searchFor="Search failures"
            query={workspace.scope.query}
            onQuery={(query) => workspace.toScope({ ...workspace.scope, query })}
            onList={() => go(href({ ...address, route: { kind: 'traces' } }))}
            found={
              workspace.scope.query.trim() === '' ? '' : `${count(workspace.scoped.sampled)} found`
            }
            search={search}
          />
        )}
        <ThemeButton theme={theme} onTheme={nextTheme} />
      </header>
      <main
        id="main"
        className="main"
        ref={main}
        tabIndex={-1}
        data-narrow={(workspace !== null && isNarrow(workspace.scope)) || undefined}
      >
        <div className="screen" data-screen={screen.path}>
          {screen.route !== undefined && !isKnown ? (
            <h1 tabIndex={-1}>{screen.name}</h1>
          ) : !isSeen(screen) ? (
            <NotForYou screen={screen} />
          ) : screen.needsAnalysis && workspace === null ? (
            <NoAnalysis isLoading={isLoading} />
          ) : (
            <Suspense>
              <Outlet />
            </Suspense>
          )}
        </div>
        <div className="bar-notes">
          <MixedVersions />
          <DiskFull />
          <FailedDecisions />
          <ServerAway />
        </div>
      </main>
      <KeyStrip
        keys={isSeen(screen) ? keysOf(screen.keys, refusal) : []}
        onHelp={() => setHelp(true)}
      />
      <Notice />
      <Help
        sections={[
          ['Everywhere', keysOf(EVERYWHERE, refusal)],
          ...SCREENS.filter((each) => each.keys.length > 0 && isSeen(each)).map(
            (each) => [each.name, keysOf(each.keys, refusal, missing)] as const,
          ),
        ]}
        open={help}
        onClose={() => setHelp(false)}
      />
      <Palette
        isOpen={palette}
        onClose={() => setPalette(false)}
        onHelp={() => setHelp(true)}
        onTheme={nextTheme}
        onUndo={undoLatest}
      />
    </div>
  );
}

/** Shown instead of a page that the person may not see. */
function NotForYou({ screen: { name, route } }: { readonly screen: Screen }): ReactNode {
  const refusal = useRefusal();
  return (
    <>
      <h1 tabIndex={-1}>{name}</h1>
      <Empty title={`${route === undefined ? '' : refusal(route)}.`}>
        <p>An admin of the project can give you another role.</p>
      </Empty>
    </>
  );
}

/** What a key would do, and where to say so. */
type Missing = Partial<Record<GuardedRoute, string>>;

const NO_MODEL: Missing = {
  [NARRATE]: 'ask a model, once the file of culprit serve --config names a labelModel',
};

/** The keys that do something for the person. */
const keysOf = (
  keys: readonly ScreenKey[],
  refusal: (route: GuardedRoute) => string | null,
  missing: Missing = {},
): readonly KeyHelp[] =>
  keys
    .filter(([, , route]) => route === undefined || refusal(route) === null)
    .map(([each, meaning, route]) => [
      each,
      (route === undefined ? undefined : missing[route]) ?? meaning,
    ]);

function timesOf({ model }: Workspace): number[] {
  const { buckets } = model.analysis.traffic;
  if (buckets === null) return [];
  return Array.from(
    { length: buckets.traces.length + 1 },
    (_, i) => buckets.start + i * buckets.width,
  );
}

/** What an address that leads nowhere shows. */
const NOWHERE: Screen = {
  path: '/nowhere',
  name: 'No such page',
  icon: null,
  needsAnalysis: false,
  keys: [],
  view: NoSuchPage,
};

/** The screen at a path such as `/p/shop/map`; undefined for none. */
function screenAt(pathname: string): Screen | undefined {
  const [, root, , ...rest] = pathname.split('/');
  if (root !== 'p') return undefined;
  const given = rest.filter(Boolean);
  return SCREENS.find(({ path }) => {
    const wanted = path.split('/').filter(Boolean);
    return (
      wanted.length === given.length &&
      wanted.every((part, i) => part.startsWith('$') || part === given[i])
    );
  });
}
