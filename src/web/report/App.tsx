import { type ReactNode, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { goTo, useAddress } from './hooks/use-address.ts';
import { useShortcuts } from './hooks/use-shortcuts.ts';
import { useTheme } from './hooks/use-theme.ts';
import type { MapController } from './map/map-controller.ts';
import { emphasisOf } from './model/emphasis.ts';
import { counterpart, type Levels } from './model/levels.ts';
import type { ReportModel } from './model/report-model.ts';
import type { Route } from './model/route.ts';
import { createSearch } from './model/search.ts';
import { verdictOf } from './model/verdict.ts';
import { defineColors } from './parts/color-variable.ts';
import { ClusterPage } from './views/ClusterPage.tsx';
import { Funnel } from './views/Funnel.tsx';
import { Header } from './views/Header.tsx';
import { Help } from './views/Help.tsx';
import { MapPanel } from './views/MapPanel.tsx';
import { NoisePage, SelectionPage, TracePage } from './views/OtherPages.tsx';
import { RankedList } from './views/RankedList.tsx';
import { RunPage } from './views/RunPage.tsx';

/** The report: verdict, funnel, ranked list, map, and the page of the current route. */
export function App(props: { readonly levels: Levels }): ReactNode {
  const { levels } = props;
  const address = useAddress();
  const { route } = address;
  const level = levels.of(address);
  const model = levels.at(level);
  const { theme, scheme, next: nextTheme } = useTheme();
  const [query, setQuery] = useState('');
  const [peek, setPeek] = useState<number | null>(null);
  const [selection, setSelection] = useState<readonly number[]>([]);
  const [lasso, setLasso] = useState(false);
  const [help, setHelp] = useState(false);
  const [exemplar, setExemplar] = useState({ cluster: '', at: 0 });
  const filter = useRef<HTMLInputElement>(null);
  const mapHost = useRef<HTMLDivElement>(null);
  const controller = useRef<MapController | null>(null);
  useEffect(() => defineColors(document.documentElement), []);
  useEffect(() => {
    document.title = `${verdictOf(model.analysis).headline} · Culprit`;
  }, [model]);

  const search = useMemo(() => createSearch(model), [model]);
  const deferred = useDeferredValue(query);
  const found = useMemo(() => search(deferred), [search, deferred]);
  const emphasis = useMemo(
    () => emphasisOf(model, { route, peek, selection, matches: found?.failures ?? null }),
    [model, route, peek, selection, found],
  );
  const open = openCluster(model, route);
  const clusterId = route.kind === 'cluster' ? route.id : '';
  const exemplarAt = exemplar.cluster === clusterId ? exemplar.at : 0;
  const showExemplar = (at: number): void => setExemplar({ cluster: clusterId, at });

  const toLevel = (to: number): void => {
    if (levels.all[to] === undefined || to === level) return;
    setPeek(null);
    const next = levels.at(to);
    goTo(next.address(counterpart(model, next, route)), 'replace');
  };

  useShortcuts({
    model,
    stepLevel: (by) => toLevel(level + by),
    route,
    open,
    exemplarAt,
    showExemplar,
    filter,
    mapHost,
    toggleLasso: () => setLasso(!lasso),
    lassoOff: () => setLasso(false),
    lasso,
    nextTheme,
    help: () => setHelp(true),
  });

  const select = (failures: readonly number[]): void => {
    setSelection(failures);
    setLasso(false);
    goTo(model.address({ kind: 'selection' }));
  };
  const listFound = (): void => {
    const hits = search(query)?.failures;
    if (hits !== undefined) select([...hits.keys()].filter((i) => hits[i] === 1));
  };

  const page = pageOf();
  return (
    <div className="app" data-page={page === null ? undefined : route.kind}>
      <Header
        model={model}
        query={query}
        onQuery={setQuery}
        filter={filter}
        found={found?.total ?? null}
        onList={listFound}
        theme={theme}
        onTheme={nextTheme}
        onHelp={() => setHelp(true)}
      />
      <Funnel stages={model.analysis.funnel} />
      <main className="panes">
        <RankedList
          model={model}
          levels={levels.all}
          onLevel={toLevel}
          found={found?.perCluster ?? null}
          open={open}
          noiseOpen={route.kind === 'noise'}
          onPeek={setPeek}
        />
        {page !== null && <div className="page-scroll">{page}</div>}
        <MapPanel
          model={model}
          scheme={scheme}
          emphasis={emphasis}
          open={peek ?? open}
          lasso={lasso}
          onLassoMode={setLasso}
          onPeek={setPeek}
          controller={controller}
          host={mapHost}
          onSelect={select}
        />
      </main>
      <Help open={help} onClose={() => setHelp(false)} />
    </div>
  );

  function pageOf(): ReactNode {
    switch (route.kind) {
      case 'overview':
        return null;
      case 'noise':
        return <NoisePage model={model} />;
      case 'selection':
        return <SelectionPage model={model} selection={selection} />;
      case 'run':
        return <RunPage model={model} />;
      case 'trace':
        return <TracePage model={model} id={route.id} />;
      case 'cluster':
        return open === null ? null : (
          <ClusterPage
            levels={levels}
            model={model}
            position={open}
            exemplar={exemplarAt}
            onExemplar={showExemplar}
          />
        );
    }
  }
}

/** The open cluster: the one of the page, or the one of the page's trace. */
function openCluster(model: ReportModel, route: Route): number | null {
  if (route.kind === 'cluster') return model.clusterById.get(route.id) ?? null;
  if (route.kind !== 'trace') return null;
  const at = model.clusterOf[model.failureById.get(route.id) ?? -1] ?? -1;
  return at < 0 ? null : at;
}
