import { ALERT_VERSION, type Alert } from '../../contract/alert.ts';
import type { Diff } from '../../contract/diff.ts';
import type { ReportData } from '../../contract/report.ts';
import type { Schedule } from '../../contract/schedule.ts';
import { decisionsOf } from '../../decide/decide.ts';
import { analysisMarkdown, diffMarkdown, taskList } from '../../handoff/handoff.ts';
import type { StoredSchedule, StoredSession, Workspace } from '../../store/workspace/workspace.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { commandServer, pageUrl } from '../watching/server-links.ts';
import { type AgendaItem, agendaOf } from './agenda.ts';
import { dueTimes } from './due-times.ts';

export interface SchedulingDeps {
  readonly workspace: Workspace;
  readonly sessions: Pick<Sessions, 'create' | 'report' | 'diff'>;
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
    for (const schedule of await workspace.watch.schedules(project)) {
      if (!schedule.isPaused) await begin(project, schedule, clock(), deps);
      await tellEnded(project, schedule, deps);
    }
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
  const agenda = await agendaFor(project, { session, report, diff }, workspace);
  await workspace.changeNotes(project, session.id, { agenda: [...agenda] });
  const url = pageUrl(address, project, `/sessions/${session.id}`);
  const alert: Alert = {
    ...{ alertVersion: ALERT_VERSION, kind: 'digest', incident: session.id, at: clock() },
    ...{ since: session.created, project, owner: '', value: null, usual: null },
    watcher: { id: schedule.id, name: schedule.name, of: { kind: 'failures' } },
    headline: `${schedule.name}: ${agenda.map(({ text }) => text).join('; ')}`.slice(0, 500),
    ...{ causes: [], unexplained: null, traces: [], url },
    next: `culprit analyze --from ${commandServer(address)} --project ${project} --since ${schedule.days}d`,
    digest: markdownFor(agenda, report, diff),
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
  workspace: Workspace,
): Promise<readonly AgendaItem[]> {
  if (report === null)
    return [{ text: `It failed: ${session.error?.message ?? 'no reason known'}`, isDone: false }];
  const { causes } = decisionsOf(await workspace.decisions(project));
  const fixed = [...causes].filter(([, fields]) => fields['state'] === 'fixed');
  const decided = [...causes].filter(([, fields]) => fields['proposal'] !== undefined);
  return agendaOf({
    diff,
    causes: report.analysis.clusters,
    fixed: new Set(fixed.map(([id]) => id)),
    decided: new Set(decided.map(([id]) => id)),
  });
}

function markdownFor(
  agenda: readonly AgendaItem[],
  report: ReportData | null,
  diff: Diff | null,
): string {
  const found =
    diff !== null ? diffMarkdown(diff) : report === null ? '' : analysisMarkdown(report.analysis);
  return `${taskList(agenda)}\n\n${found}`.trimEnd();
}
