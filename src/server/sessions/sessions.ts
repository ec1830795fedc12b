import { CulpritError } from '../../contract/culprit-error.ts';
import type { Diff } from '../../contract/diff.ts';
import type { Progress } from '../../contract/progress.ts';
import type { ReportData } from '../../contract/report.ts';
import { storedSource, type TelemetryStore } from '../../store/telemetry/telemetry.ts';
import type { RunningJob, StoredSession, Workspace } from '../../store/workspace/workspace.ts';
import type { AnalysisRunner } from '../analysis/analysis-thread.ts';
import { unpacked } from '../analysis/frozen-models.ts';
import type { EventFeed } from '../events/event-feed.ts';
import type { ProjectJobs } from '../jobs/project-jobs.ts';
import { traceFilterOf } from './session-filter.ts';
import { sessionOptions } from './session-options.ts';
import type { SessionFilter } from './session-schemas.ts';
import { shownSession } from './shown-session.ts';

/** Sittings of error analysis: each one analyzes what it asks for, once, and keeps the result until it is deleted. */
export interface Sessions {
  /** @throws CulpritError `invalid_option` as `culprit analyze` does. */
  create(project: string, given: NewSession): Promise<StoredSession>;
  /** Asks for the work that waits in a project. */
  request(project: string): Promise<void>;
  /** False where it has ended, or is not there. */
  cancel(project: string, id: string): Promise<boolean>;
  /** Null unless it is done. */
  report(project: string, id: string): Promise<ReportData | null>;
  /** The traces of a session, as `culprit analyze` reads them from a file. */
  traces(session: StoredSession): AsyncIterable<Uint8Array>;
  /** What the traces of the second session show against the causes of the first, as `culprit diff --against` does. */
  diff(before: ReportData, after: StoredSession, signal: AbortSignal): Promise<Changes>;
  /** Does what is asked for. */
  work(): Promise<void>;
}

interface Changes {
  readonly diff: Diff;
  readonly report: ReportData;
}

interface NewSession
  extends Pick<StoredSession, 'name' | 'by' | 'parent' | 'agenda' | 'people' | 'notes'> {
  readonly filter: SessionFilter;
  readonly options: Readonly<Record<string, unknown>>;
}

export interface SessionsDeps {
  readonly store: Pick<TelemetryStore, 'stream'>;
  readonly workspace: Workspace;
  readonly jobs: ProjectJobs;
  readonly feed: Pick<EventFeed, 'add' | 'onEvent'>;
  readonly analyze: AnalysisRunner;
  readonly clock: () => number;
  readonly newId: () => string;
  readonly onError: (error: unknown) => void;
}

/** What the record of a session calls its input. */
export const inputName = (project: string): string => `${project}-traces.jsonl`;

/** Milliseconds between two looks whether a session was cancelled. */
const LOOK = 500;

export function sessions(deps: SessionsDeps): Sessions {
  const { store, workspace, jobs, feed, clock, onError } = deps;

  const tell = async (project: string, id: string): Promise<void> => {
    const session = await workspace.session(project, id);
    if (session === null) return;
    const { state, progress } = session;
    await feed.add(project, 'session', { id, state, progress });
  };

  const traces: Sessions['traces'] = ({ project, filter, options }) =>
    storedSource(
      store,
      traceFilterOf(project, filter as SessionFilter, Number(options['seed'])),
      inputName(project),
    ).open();

  /** Analyzes one session. Rejects only where it should be done again. */
  const analyzeOne = async (session: StoredSession, job: RunningJob): Promise<void> => {
    const { project, id } = session;
    const move = async (to: Parameters<Workspace['moveSession']>[2]): Promise<void> => {
      await workspace.moveSession(project, id, to);
      await tell(project, id);
    };
    await move({ state: 'running', started: clock() });
    const cancelled = new AbortController();
    let last = 0;
    const progress: Progress = (step, done, total) => {
      const at = clock();
      if (at - last < LOOK) return;
      last = at;
      const told = async (): Promise<void> => {
        const state = await workspace.setProgress(project, id, { step, done, total });
        if (state === 'running') await feed.add(project, 'session', { id, state, progress: { step, done, total } });
      };
      told().catch(onError);
    };
    const look = setInterval(async () => {
      try {
        if ((await workspace.session(project, id))?.state !== 'running') cancelled.abort();
      } catch {
        // The end of the analysis meets the same fault.
      }
    }, LOOK);
    try {
      const result = await deps.analyze(
        () => traces(session),
        { name: inputName(project), options: session.options, earlier: [], against: null },
        { progress, signal: AbortSignal.any([job.signal, cancelled.signal]) },
      );
      await move({ state: 'done', ended: clock(), result });
    } catch (error) {
      if (cancelled.signal.aborted) return;
      if (job.signal.aborted || isAway(error)) throw error;
      await move({ state: 'failed', ended: clock(), error: told(error, onError) });
    } finally {
      clearInterval(look);
    }
  };

  const request: Sessions['request'] = async (project) => {
    if ((await workspace.nextSession(project)) !== null) await jobs.add('session', project, '');
  };

  // What was added while a job was about to end is left to the next.
  feed.onEvent(({ project, kind, data }) => {
    if (kind === 'job' && isEndOfWork(data)) request(project).catch(onError);
  });

  return {
    async create(project, { filter, options, name, ...given }) {
      const settings = (await workspace.project(project))?.settings;
      const at = clock();
      const resolved = sessionOptions({ scores: settings?.scores ?? [], ...options });
      const session: StoredSession = {
        ...{ id: deps.newId(), project, created: at, minutes: 0, ...given },
        name: name === '' ? new Date(at).toISOString().slice(0, 16).replace('T', ' ') : name,
        // Its end is fixed, so that the same traces are found again.
        filter: { ...filter, to: filter.to ?? new Date(at).toISOString() },
        options: JSON.parse(JSON.stringify(resolved)),
        ...{ state: 'waiting', progress: null, started: null, ended: null },
        ...{ traces: null, failed: null, error: null },
      };
      await workspace.addSession(session);
      await tell(project, session.id);
      await request(project);
      return session;
    },
    request,
    async cancel(project, id) {
      const isCancelled = await workspace.moveSession(project, id, {
        state: 'cancelled',
        ended: clock(),
      });
      if (isCancelled) await tell(project, id);
      return isCancelled;
    },
    async report(project, id) {
      const found = await workspace.sessionReport(project, id);
      return found === null ? null : (unpacked(found) as ReportData);
    },
    traces,
    async diff(before, after, signal) {
      const { analysis } = before;
      const { scores, stepBudget, all } = analysis.options;
      const { changes, report } = await deps.analyze(
        () => traces(after),
        {
          name: inputName(after.project),
          // Failures are found as those of the first were.
          options: { ...after.options, scores, stepBudget, all },
          ...{ earlier: [], against: analysis },
        },
        { progress: () => {}, signal },
      );
      return { diff: changes as Diff, report: unpacked(report) as ReportData };
    },
    work: () =>
      jobs.work('session', async (job) => {
        for (;;) {
          const next = await workspace.nextSession(job.project);
          if (next === null) return { result: {}, error: null };
          await analyzeOne(next, job);
        }
      }),
  };
}

const isEndOfWork = (data: unknown): boolean => {
  const { kind, state } = data as { readonly kind: string; readonly state: string };
  return kind === 'session' && state !== 'waiting' && state !== 'running';
};

const isAway = (error: unknown): boolean =>
  error instanceof CulpritError && error.code === 'store_unavailable';

function told(error: unknown, onError: (error: unknown) => void): StoredSession['error'] {
  // What was asked for cannot be done: no fault.
  if (error instanceof CulpritError && EXPECTED.has(error.code))
    return { code: error.code, message: error.message };
  onError(error);
  return { code: 'internal', message: 'an internal error; see the log of the server' };
}

const EXPECTED: ReadonlySet<string> = new Set([
  ...['no_traces', 'empty_input', 'invalid_option', 'invalid_input', 'unknown_format'],
]);
