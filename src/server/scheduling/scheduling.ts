import { ALERT_VERSION, type Alert } from '../../contract/alert.ts';
import type { CauseDecisions } from '../../contract/decision.ts';
import type { Diff } from '../../contract/diff.ts';
import type { ReportData } from '../../contract/report.ts';
import type { Schedule } from '../../contract/schedule.ts';
import { decisionsOf } from '../../decide/decide.ts';
import { analysisMarkdown, diffMarkdown, taskList } from '../../handoff/handoff.ts';
import type { StoredSchedule, StoredSession, Workspace } from '../../store/workspace/workspace.ts';
import type { Proposals } from '../proposals/proposals.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { commandServer, pageUrl } from '../watching/server-links.ts';
import { versionChecks, watchesVersions } from '../watching/versions/version-run.ts';
import { type AgendaItem, agendaOf, type Disagreements } from './agenda.ts';
import { compareLink, type Drift } from './drift.ts';
import { dueTimes } from './due-times.ts';

export interface SchedulingDeps {
  readonly workspace: Workspace;
  readonly sessions: Pick<Sessions, 'create' | 'report' | 'diff'>;
  readonly proposals: Pick<Proposals, 'run' | 'open'>;
  readonly drift: Drift;
  /** What people disagree about since a time, and which traces they have labeled. */
  readonly disagreements: (
    project: string,
    since: number,
  ) => Promise<Disagreements & { readonly labeled: ReadonlySet<string> }>;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Where the server is reached; null where that is not known. */
  readonly address: string | null;
  readonly onError: (error: unknown) => void;
}

/** Scheduled sessions, and what is told of them. */
export interface Scheduling {
  /** Begins the sessions that are due, and gives those that have ended their agenda. */
  run(): Promise<void>;
}

const DAY = 86_400_000;

export function scheduling(deps: SchedulingDeps): Scheduling {
  const { workspace, clock, onError } = deps;
  let running: Promise<void> | null = null;

  const runProject = async (project: string): Promise<void> => {
    const schedules = await workspace.watch.schedules(project);
    for (const schedule of schedules)
      if (!schedule.isPaused) await begin(project, schedule, clock(), deps);
    await deps.drift.run(project);
    await deps.proposals.run(project);
    for (const schedule of schedules) await tellEnded(project, schedule, deps);
  };
  const runAll = async (): Promise<void> => {
    for (const { id } of await workspace.projects()) await runProject(id).catch(onError);
  };
  return {
    run() {
      running ??= runAll().finally(() => {
        running = null;
      });
      return running;
    },
  };
}

/** A session is known by its schedule and when it was due: whoever begins it, there is one. */
const idOf = ({ id }: Schedule, due: number): string =>
  `${id}-${new Date(due).toISOString().slice(0, 16).replaceAll(/[-:]/g, '')}`;

const isOf = ({ id }: Schedule, session: StoredSession): boolean =>
  session.id.startsWith(`${id}-`) && /^\d{8}T\d{4}$/.test(session.id.slice(id.length + 1));

async function begin(
  project: string,
  schedule: StoredSchedule,
  now: number,
  { workspace, sessions }: SchedulingDeps,
): Promise<void> {
  for (const due of dueTimes(schedule, schedule.until, now)) {
    const before = (await ofSchedule(project, schedule, workspace)).at(-1);
    await sessions.create(project, {
      ...{ id: idOf(schedule, due), by: '', parent: before?.id ?? null },
      ...{ agenda: [], people: [], notes: '', options: {} },
      name: `${schedule.name}, ${new Date(due).toISOString().slice(0, 10)}`,
      filter: {
        ...Object.fromEntries(Object.entries(schedule.where).filter(([, value]) => value)),
        from: new Date(due - schedule.days * DAY).toISOString(),
        to: new Date(due).toISOString(),
      },
    });
    await workspace.watch.moveSchedule(project, schedule.id, due);
  }
}

/** In the order in which they were due. */
async function ofSchedule(
  project: string,
  schedule: Schedule,
  workspace: Workspace,
): Promise<readonly StoredSession[]> {
  const all = await workspace.sessions(project);
  return all.filter((session) => isOf(schedule, session)).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Sessions without an agenda have not been told of. */
async function tellEnded(project: string, schedule: Schedule, deps: SchedulingDeps): Promise<void> {
  const all = await ofSchedule(project, schedule, deps.workspace);
  for (const [at, session] of all.entries()) {
    const hasEnded = session.state === 'done' || session.state === 'failed';
    if (!hasEnded || session.agenda.length > 0) continue;
    const before = all.slice(0, at).findLast(({ state }) => state === 'done') ?? null;
    await tell(project, schedule, { session, before }, deps);
  }
}

async function tell(
  project: string,
  schedule: Schedule,
  { session, before }: { readonly session: StoredSession; readonly before: StoredSession | null },
  deps: SchedulingDeps,
): Promise<void> {
  const { workspace, sessions, clock, address } = deps;
  const report = await sessions.report(project, session.id);
  const diff =
    report === null || before === null ? null : (await sessions.diff(before, session)).diff;
  const agenda = await agendaFor(project, { session, report, diff }, deps);
  await workspace.changeNotes(project, session.id, { agenda: [...agenda] });
  const url = pageUrl(address, project, `/sessions/${session.id}`);
  const alert: Alert = {
    ...{ alertVersion: ALERT_VERSION, kind: 'digest', incident: session.id, at: clock() },
    ...{ since: session.created, project, owner: '', value: null, usual: null },
    watcher: { id: schedule.id, name: schedule.name, of: { kind: 'failures' } },
    headline: `${schedule.name}: ${agenda.map(({ text }) => text).join('; ')}`.slice(0, 500),
    ...{ causes: [], unexplained: null, traces: [], url },
    next: `culprit analyze --from ${commandServer(address)} --project ${project} --since ${schedule.days}d`,
    digest: markdownFor(agenda, {
      report,
      diff,
      pageOf: (path) => pageUrl(address, project, path),
    }),
  };
  for (const channel of schedule.channels)
    await workspace.watch.addDelivery(
      project,
      { id: `${project} ${session.id} digest ${channel}`, channel, alert },
      clock(),
    );
}

async function agendaFor(
  project: string,
  {
    session,
    report,
    diff,
  }: {
    readonly session: StoredSession;
    readonly report: ReportData | null;
    readonly diff: Diff | null;
  },
  { workspace, proposals, drift, disagreements }: SchedulingDeps,
): Promise<readonly AgendaItem[]> {
  if (report === null)
    return [{ text: `It failed: ${session.error?.message ?? 'no reason known'}`, isDone: false }];
  const { causes } = decisionsOf(await workspace.decisions(project));
  const idsWith = (isWanted: (fields: CauseDecisions) => boolean): ReadonlySet<string> =>
    new Set([...causes].flatMap(([id, fields]) => (isWanted(fields) ? [id] : [])));
  const time = {
    from: Date.parse(String(session.filter['from'])),
    to: Date.parse(String(session.filter['to'])),
  };
  const { labeled, ...disputes } = await disagreements(project, time.from);
  const { clusters, failures } = report.analysis;
  return agendaOf({
    versions: await versionNews(project, session, workspace),
    ...{ diff, causes: clusters, disagreements: disputes, failures: failures.length },
    fixed: idsWith(({ state }) => state === 'fixed'),
    regressed: idsWith(({ state }) => state === 'regressed'),
    decided: idsWith(({ proposal }) => proposal !== undefined),
    unlabeled: failures.filter(({ traceId }) => !labeled.has(traceId)).length,
    proposals: (await proposals.open(project)).items.length,
    shifts: await drift.of(project, time),
    compare: compareLink(time),
  });
}

/** What the comparisons of new versions have found within the time of a session. */
async function versionNews(
  project: string,
  { filter }: StoredSession,
  { watch }: Workspace,
): Promise<readonly string[]> {
  const [from, to] = [filter['from'], filter['to']].map((time) => Date.parse(String(time)));
  const states = await watch.watcherStates(project);
  return (await watch.watchers(project))
    .filter(watchesVersions)
    .flatMap(({ id }) => versionChecks(states.get(id)))
    .flatMap(({ step, value }) =>
      step.kind === 'done' && step.at > from! && step.at <= to!
        ? [`${value} after ${step.from}: ${step.headline}`]
        : [],
    )
    .toReversed();
}

function markdownFor(
  agenda: readonly AgendaItem[],
  given: {
    readonly report: ReportData | null;
    readonly diff: Diff | null;
    /** Address of a page of the project; null where it is not known. */
    readonly pageOf: (path: `/${string}`) => string | null;
  },
): string {
  const { report, diff, pageOf } = given;
  const tasks = agenda.map(({ link, ...item }) => ({
    ...{ ...item, url: link === undefined ? null : pageOf(link as `/${string}`) },
  }));
  const found =
    diff !== null ? diffMarkdown(diff) : report === null ? '' : analysisMarkdown(report.analysis);
  return `${taskList(tasks)}\n\n${found}`.trimEnd();
}
