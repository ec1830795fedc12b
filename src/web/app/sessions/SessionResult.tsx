import { useRouter, useRouterState } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useMemo } from 'react';
import type { ReportData } from '../../../contract/report.ts';
import { span } from '../../../text/moments.ts';
import { useTheme } from '../../hooks/use-theme.ts';
import { CurrentNavigation, useNavigation } from '../../report/hooks/links.ts';
import { ScopeBar } from '../../report/views/shell/ScopeBar.tsx';
import { useAsking } from '../client/asking.ts';
import { useDecisions } from '../client/queries.ts';
import { addressHref, addressOf, pathOf } from '../workspace/addresses.ts';
import { useWorkspace, useWorkspaceOrNull, WorkspaceOf } from '../workspace/workspace.tsx';
import { InProject } from './InProject.tsx';
import { Treemap } from './Treemap.tsx';

/** With its map, which the first view does not need. */
const ReportScreen = lazy(async () => ({
  default: (await import('../../report/ReportScreen.tsx')).ReportScreen,
}));

/** What a session found, with decisions applied: the screens of the report, below the address of the session. */
export function SessionResult(props: {
  readonly report: ReportData;
  readonly id: string;
}): ReactNode {
  const { report, id } = props;
  const { project } = useAsking();
  const router = useRouter();
  const { pathname, searchStr } = useRouterState({ select: (state) => state.location });
  const { data: decided } = useDecisions();
  const base = pathOf(project, `/sessions/${id}`);
  const root = pathOf(project, '/');
  const navigation = useMemo(
    () => ({
      address: addressOf(pathname.replace(base, root), searchStr),
      href: (address: Parameters<typeof addressHref>[1]) =>
        addressHref(project, address).replace(root, base),
      go: (href: string, how: 'push' | 'replace' = 'push') => {
        if (how === 'push') router.history.push(href);
        else router.history.replace(href);
      },
    }),
    [base, root, project, pathname, searchStr, router],
  );
  const outer = useNavigation();
  const current = useWorkspaceOrNull();
  return (
    <CurrentNavigation value={navigation}>
      <WorkspaceOf report={report} decided={decided ?? []} losses={null}>
        <Shown base={base}>{(failures) => <InProject {...{ failures, current, outer }} />}</Shown>
      </WorkspaceOf>
    </CurrentNavigation>
  );
}

function Shown(props: {
  readonly base: string;
  /** What the page of a cause says besides, given its failures. */
  readonly children: (failures: readonly string[]) => ReactNode;
}): ReactNode {
  const { levels, model, scoped, passing, scope, lead, facets, toScope, toLevel } = useWorkspace();
  const { scheme } = useTheme();
  const { pathname } = useRouterState({ select: (state) => state.location });
  const { project } = useAsking();
  const { route } = addressOf(pathname.replace(props.base, pathOf(project, '/')), '');
  const { firstSeen, lastSeen } = model.analysis.traffic;
  const cause = route.kind === 'cluster' ? model.clusterById.get(route.id) : undefined;
  const failures = model.members[cause ?? -1]?.map((i) => model.failures[i]?.traceId ?? '');
  const views = [
    ['', 'Causes', 'home'],
    ['/map', 'Map', 'map'],
    ['/failures', 'Failures', 'traces'],
    ['/about', 'How it was made', 'run'],
  ] as const;
  return (
    <>
      <nav className="session-views" aria-label="Parts of the session">
        {views.map(([path, text, kind]) => (
          <a
            key={path}
            href={`${props.base}${path}`}
            aria-current={route.kind === kind ? 'page' : undefined}
          >
            {text}
          </a>
        ))}
        <ScopeBar
          facets={facets}
          scope={scope}
          onScope={toScope}
          times={[]}
          period={firstSeen === null || lastSeen === null ? null : span(firstSeen, lastSeen)}
        />
      </nav>
      {failures !== undefined && props.children(failures)}
      <Suspense fallback={<h1 tabIndex={-1}>One moment</h1>}>
        <ReportScreen
          {...{ levels, model, scoped, passing, scope, lead, route, scheme }}
          onLevel={toLevel}
          onScope={toScope}
        />
      </Suspense>
      {route.kind === 'map' && <Treemap causes={[...scoped.ranked, ...scoped.unexplained]} />}
    </>
  );
}
