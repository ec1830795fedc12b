import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { ReportData } from '../../../contract/report.ts';
import {
  type Decisions,
  decidedAnalysis,
  decisionsOf,
  type Losses,
} from '../../../decide/decide.ts';
import { useNavigation } from '../../report/hooks/links.ts';
import { useScoped } from '../../report/hooks/use-scoped.ts';
import { type Facet, facetsOf } from '../../report/model/facets.ts';
import { type Lead, leadOf } from '../../report/model/lead.ts';
import { counterpart, createLevels, type Levels } from '../../report/model/levels.ts';
import type { ReportModel } from '../../report/model/report-model.ts';
import type { Scope } from '../../report/model/scope.ts';
import type { Scoped, ScopedCause } from '../../report/model/scoped.ts';
import type { DecisionNow } from '../client/queries.ts';

/** The latest analysis of a project as people have decided, in the part that the address names. */
export interface Workspace {
  readonly levels: Levels;
  readonly level: number;
  readonly model: ReportModel;
  readonly scoped: Scoped;
  readonly passing: Uint8Array;
  readonly scope: Scope;
  readonly lead: Lead;
  readonly facets: readonly Facet[];
  readonly decisions: Decisions;
  /** What failures cost; null until it is known. */
  readonly losses: Losses | null;
  /** All causes in the order of the list: the ranked ones, then the others. */
  readonly causes: readonly ScopedCause[];
  readonly toScope: (scope: Scope) => void;
  readonly toLevel: (level: number) => void;
}

const Current: React.Context<Workspace | null> = createContext<Workspace | null>(null);

/** Null while there is no analysis to show. */
export const useWorkspaceOrNull = (): Workspace | null => useContext(Current);

export function useWorkspace(): Workspace {
  const workspace = useContext(Current);
  if (workspace === null) throw new Error('this screen needs an analysis');
  return workspace;
}

/** Gives the screens below it the analysis with the decisions applied; null until it is there, which changes nothing else. */
export function WorkspaceOf(props: {
  readonly report: ReportData | null;
  readonly decided: readonly DecisionNow[];
  readonly losses: Losses | null;
  readonly children: ReactNode;
}): ReactNode {
  const { report, decided, losses, children } = props;
  const { address, href, go } = useNavigation();
  const decisions = useMemo(() => decisionsOf(decided), [decided]);
  const levels = useMemo(
    () =>
      report &&
      createLevels(report, {
        analysis: (analysis) => decidedAnalysis(analysis, decisions, losses),
        survivor: decisions.survivor,
      }),
    [report, decisions, losses],
  );
  const { scope } = address;
  const level = levels?.of(address) ?? 0;
  const model = levels?.at(level) ?? null;
  const inScope = useScoped(model, scope);
  const workspace = useMemo((): Workspace | null => {
    if (levels === null || model === null || inScope === null) return null;
    const { scoped } = inScope;
    return {
      ...{ levels, level, model, ...inScope, scope, decisions, losses },
      lead: leadOf(model, scoped, scope),
      facets: facetsOf(model),
      causes: [...scoped.ranked, ...scoped.unexplained],
      toScope: (to) => go(href({ ...address, scope: to }), 'replace'),
      toLevel(to) {
        if (levels.all[to] === undefined || to === level) return;
        const next = levels.at(to);
        const route = counterpart(model, next, address.route);
        go(href({ route, granularity: next.granularity, scope }), 'replace');
      },
    };
  }, [levels, level, model, inScope, scope, decisions, losses, address, href, go]);
  return <Current value={workspace}>{children}</Current>;
}
