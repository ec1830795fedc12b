import type { LabelBudget, LabelEndpoint } from '../../contract/label-model.ts';
import type { Proposed, Proposer } from '../../contract/proposer.ts';
import { decisionsOf } from '../../decide/decide.ts';
import type { TelemetryStore } from '../../store/telemetry/telemetry.ts';
import type {
  NarrativeTold,
  StoredNarrative,
  WorkEnd,
  Workspace,
} from '../../store/workspace/workspace.ts';
import type { Analyses } from '../analysis/analyses.ts';
import type { EventFeed } from '../events/event-feed.ts';
import { type KeptWork, keptWork } from '../jobs/kept-work.ts';
import type { ProjectJobs } from '../jobs/project-jobs.ts';
import { causeIn, causeRuns } from './cause-runs.ts';
import { labelProposer } from './label-proposer.ts';

/** What the label model says of causes, asked by people one by one, and kept. */
export interface Narratives extends Pick<KeptWork, 'request' | 'work'> {
  /** Model and address; null where the operator names none. */
  readonly model: string | null;
  /** Has a cause wait for the model, or joins what waits or runs. Only where there is a model. */
  ask(project: string, cause: string, by: string): Promise<StoredNarrative>;
  /** Forgets what was made from traces that are not stored any more, and all answers that are kept. */
  forgetDeleted(project: string): Promise<void>;
}

export interface NarrativesDeps {
  /** Null where the operator names no model. */
  readonly label: { readonly endpoint: LabelEndpoint; readonly budget: LabelBudget } | null;
  readonly store: Pick<TelemetryStore, 'stream' | 'storedAmong'>;
  readonly workspace: Pick<Workspace, 'narratives' | 'decisions'>;
  readonly analyses: Pick<Analyses, 'latest'>;
  readonly jobs: ProjectJobs;
  readonly feed: Pick<EventFeed, 'add' | 'onEvent'>;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly onError: (error: unknown) => void;
}

/** A narrative as a piece of work, whose id is that of the cause. */
type Item = StoredNarrative & { readonly id: string; readonly progress: null };

export function narratives(deps: NarrativesDeps): Narratives {
  const { label, store, workspace, clock } = deps;
  const kept = workspace.narratives;

  const told = async ({ project, id, state, asksAgain }: Item, signal: AbortSignal) => {
    const latest = await deps.analyses.latest(project);
    const decisions = decisionsOf(await workspace.decisions(project));
    const cluster = latest && causeIn(latest.report, decisions, id);
    if (label === null || latest === null || cluster === null) return nothing('no_cause', NO_CAUSE);
    const found = await causeRuns(store, project, cluster, latest.report);
    // One that was asked by a process that ended is not asked again.
    const isAgain = asksAgain && state === 'waiting';
    const { proposer, last } = remembering(
      labelProposer(project, isAgain, { ...label, calls: kept, clock }),
    );
    const propose = await import('../../propose/propose.ts');
    const { narratives: all, narrating } = await propose.narratives(
      { ...found, clusters: [cluster] },
      proposer,
      { signal },
    );
    const narrative = all.get(id);
    if (narrating.asked === 0) return nothing('no_runs', NO_RUNS);
    if (narrative === undefined) {
      const end = last();
      const code = end?.kind === 'none' ? end.code : 'nothing_held';
      return nothing(code, narrating.problem ?? '');
    }
    const traces = [...found.failures.map(({ trace }) => trace), ...found.passing];
    return { narrative, traces: traces.map((trace) => trace.id) };
  };

  const work = keptWork<Item, NarrativeTold>({
    kind: 'narrative',
    find: async (project, id) => itemOf(await kept.find(project, id)),
    next: async (project) => itemOf(await kept.next(project)),
    move: (project, id, to: WorkEnd<NarrativeTold>) => kept.move(project, id, to),
    setProgress: async (project, id) => (await kept.find(project, id))?.state ?? null,
    run: (item, { signal }) => told(item, signal ?? NEVER),
    ...{ jobs: deps.jobs, feed: deps.feed, clock, onError: deps.onError },
  });

  return {
    model: label?.endpoint.id ?? null,
    request: work.request,
    work: work.work,
    async ask(project, cause, by) {
      const asked = await kept.request(project, cause, by, clock());
      await work.tell(project, cause);
      await work.request(project);
      return asked;
    },
    async forgetDeleted(project) {
      const all = await kept.of(project);
      const ids = [...new Set(all.flatMap(({ traces }) => traces))];
      const stored = ids.length === 0 ? new Set() : await store.storedAmong(project, ids);
      const gone = all.filter(({ traces }) => traces.some((id) => !stored.has(id)));
      await kept.forget(
        project,
        gone.map(({ cause }) => cause),
      );
    },
  };
}

const NEVER = new AbortController().signal;

const NO_CAUSE = 'the latest analysis does not have this cause';
const NO_RUNS = 'none of the traces that show it is stored any more';

const nothing = (code: string, message: string): NarrativeTold => ({
  ...{ narrative: null, error: { code, message } },
});

const itemOf = (stored: StoredNarrative | null): Item | null =>
  stored && { ...stored, id: stored.cause, progress: null };

/** The same proposer, which knows what it said last. */
function remembering(proposer: Proposer): {
  readonly proposer: Proposer;
  readonly last: () => Proposed | null;
} {
  let last: Proposed | null = null;
  return {
    last: () => last,
    proposer: {
      id: proposer.id,
      async ask(prompt, signal) {
        last = await proposer.ask(prompt, signal);
        return last;
      },
    },
  };
}
