import type { Activity, Decision } from '../../contract/decision.ts';
import { decidedAnalysis, decisionsOf } from '../../decide/decide.ts';
import type { TelemetryStore } from '../../store/telemetry/telemetry.ts';
import type { StoredSession, Workspace } from '../../store/workspace/workspace.ts';
import type { Analyses } from '../analysis/analyses.ts';
import { isSettled } from '../analysis/known-causes.ts';
import { rollingWindow, windowFilter } from '../analysis/rolling-window.ts';
import { causeRules } from '../cause-rules.ts';
import type { EventFeed } from '../events/event-feed.ts';
import type { Access } from '../http/access.ts';
import { recordDecision } from '../record-decision.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { type FoundProposal, foundProposals } from './found-proposal.ts';

/** What the last re-clustering of a project proposes, and what people do with it. */
export interface Proposals {
  /** Begins a re-clustering of the recent traces; two within a minute are one. */
  search(project: string, by: string): Promise<StoredSession>;
  /** Compares the last re-clustering that has ended with the causes that there are, once. */
  run(project: string): Promise<void>;
  /** Those that nobody has decided on. */
  open(project: string): Promise<OpenProposals>;
  /** Does what it proposes, as one action; null where it is not open. */
  accept(who: Who, id: string): Promise<Activity | null>;
  /** It comes back once it is about twice as many failures; null where it is not open. */
  reject(who: Who, id: string): Promise<Activity | null>;
}

interface OpenProposals {
  /** Id of the session that was compared, and when it began (epoch milliseconds); null before the first. */
  readonly session: string | null;
  readonly at: number | null;
  readonly items: readonly FoundProposal[];
  /** Causes that people have accepted: with none, there is nothing to compare with. */
  readonly settled: number;
}

type Who = Pick<Access, 'project' | 'by'>;

export interface ProposalsDeps {
  readonly store: Pick<TelemetryStore, 'assignmentsOf' | 'funnel'>;
  readonly workspace: Workspace;
  readonly analyses: Pick<Analyses, 'latest' | 'members' | 'request'>;
  readonly sessions: Pick<Sessions, 'create' | 'report'>;
  readonly feed: Pick<EventFeed, 'add' | 'onEvent'>;
  readonly onError: (error: unknown) => void;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly newId: () => string;
}

/** Sessions that were begun to look for changes. */
const SEARCH = /^discovery-\d{8}T\d{4}$/;
/** Those of a schedule. */
const SCHEDULED = /-\d{8}T\d{4}$/;

/** So many times the failures of a rejected proposal bring it back. */
const GROWN = 2;
/** Trace ids that the store is asked for at a time. */
const AT_ONCE = 2_000;

export function proposals(deps: ProposalsDeps): Proposals {
  const { store, workspace, analyses, sessions, feed, clock } = deps;

  const open: Proposals['open'] = async (project) => {
    const found = await workspace.proposals.latest(project);
    const all = await workspace.decisions(project);
    if (found === null) return { session: null, at: null, items: [], settled: settledIn(all) };
    const { session, at, items } = found;
    return {
      ...{ session, at },
      items: (items as unknown as readonly FoundProposal[]).filter((each) => isOpen(each, all, at)),
      settled: settledIn(all),
    };
  };

  const openOne = async (project: string, id: string): Promise<FoundProposal | null> =>
    (await open(project)).items.find((each) => each.id === id) ?? null;

  const run: Proposals['run'] = async (project) => {
    const last = (await workspace.sessions(project)).find(isReclustering);
    if (last === undefined) return;
    const before = await workspace.proposals.latest(project);
    if (before !== null && before.at >= last.created) return;
    const items = await compared(project, last.id, deps);
    if (items === null) return;
    await workspace.proposals.keep(project, {
      ...{ session: last.id, at: last.created },
      items: JSON.parse(JSON.stringify(items)) as [],
    });
    await feed.add(project, 'change', { of: 'proposals' });
  };

  feed.onEvent(({ project, kind, data }) => {
    if (kind === 'session' && (data as { readonly state: string }).state === 'done')
      run(project).catch(deps.onError);
  });

  return {
    run,
    async search(project, by) {
      const at = clock();
      const { from } = windowFilter(project, await rollingWindow(store, project, at));
      const minute = new Date(at).toISOString().slice(0, 16).replaceAll(/[-:]/g, '');
      return await sessions.create(project, {
        ...{ id: `discovery-${minute}`, by, parent: null, agenda: [], people: [], notes: '' },
        name: `Looking for changes, ${new Date(at).toISOString().slice(0, 10)}`,
        options: {},
        filter: {
          to: new Date(at).toISOString(),
          ...(from !== undefined && { from: new Date(from).toISOString() }),
        },
      });
    },
    open,
    async accept(who, id) {
      const found = await openOne(who.project, id);
      if (found === null) return null;
      const line = await recordDecision(deps, who, ACTIONS[found.kind], found.changes);
      // Causes and counts follow with the next analysis.
      await analyses.request(who.project, who.by);
      return line;
    },
    async reject(who, id) {
      const found = await openOne(who.project, id);
      if (found === null) return null;
      return await recordDecision(deps, who, 'reject', [
        {
          ...{ kind: 'proposal', subject: id, field: 'rejected' },
          value: { failures: found.failures },
        },
      ]);
    },
  };
}

const ACTIONS = { new: 'accept', split: 'divide', merge: 'merge' } as const;

/** Of all traces of a time: a part of them, such as one tenant, says nothing about the causes of all. */
const isReclustering = ({ id, state, filter }: StoredSession): boolean =>
  state === 'done' &&
  (SEARCH.test(id) || SCHEDULED.test(id)) &&
  Object.keys(filter).every((name) => name === 'from' || name === 'to');

const settledIn = (all: readonly Decision[]): number =>
  [...decisionsOf(all).causes.values()].filter(isSettled).length;

/** Nobody has rejected it, and none of what it would change was decided since it was found. */
function isOpen(
  { id, failures, changes }: FoundProposal,
  all: readonly Decision[],
  at: number,
): boolean {
  const rejected = all.find(
    ({ kind, subject, value }) => kind === 'proposal' && subject === id && value !== null,
  );
  if (rejected !== undefined) {
    const { failures: before } = rejected.value as { readonly failures: number };
    if (failures < GROWN * before) return false;
  }
  const changed = new Map(
    all.map((each) => [JSON.stringify([each.kind, each.subject, each.field]), each]),
  );
  return !changes.some(({ kind, subject, field, value }) => {
    const now = changed.get(JSON.stringify([kind, subject, field]));
    return now !== undefined && now.value !== null && value !== null && now.at >= at;
  });
}

/** Null where there is nothing to compare. */
async function compared(
  project: string,
  session: string,
  deps: ProposalsDeps,
): Promise<readonly FoundProposal[] | null> {
  const { store, workspace, analyses, sessions } = deps;
  const [report, latest] = await Promise.all([
    sessions.report(project, session),
    analyses.latest(project),
  ]);
  if (report === null || latest === null) return null;
  const all = await workspace.decisions(project);
  const decisions = decisionsOf(all);
  const rules = await causeRules(deps, project, decisions);
  const ids = report.analysis.failures.map(({ traceId }) => traceId);
  const causeOf = new Map<string, string>();
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const some = await store.assignmentsOf(project, ids.slice(from, from + AT_ONCE));
    for (const [id, { cluster }] of some) causeOf.set(id, decisions.survivor(cluster));
  }
  for (const id of ids) {
    const placed = rules.placed.get(id);
    if (placed !== undefined) causeOf.set(id, placed);
  }
  const apart = new Set(
    all.flatMap(({ kind, subject, value }) => (kind === 'pair' && value === true ? [subject] : [])),
  );
  const { clusters } = decidedAnalysis(latest.report.analysis, decisions, null);
  return foundProposals({
    ...{ analysis: report.analysis, causeOf, decisions },
    titles: new Map(clusters.map(({ id, title }) => [id, title])),
    areApart: (one, other) => apart.has([one, other].sort().join('|')),
  });
}
