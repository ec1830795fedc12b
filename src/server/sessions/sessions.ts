import { CulpritError } from '../../contract/culprit-error.ts';
import type { Diff } from '../../contract/diff.ts';
import type { JsonObject } from '../../contract/json.ts';
import type { ReportData } from '../../contract/report.ts';
import { notEmpty } from '../../platform/not-empty.ts';
import { storedSource, type TelemetryStore } from '../../store/telemetry/telemetry.ts';
import type { SessionResult, StoredSession, Workspace } from '../../store/workspace/workspace.ts';
import type { Analyses } from '../analysis/analyses.ts';
import type { AnalysisRunner } from '../analysis/analysis-thread.ts';
import { NONE_KNOWN } from '../analysis/analyze-stored.ts';
import { unpacked } from '../analysis/frozen-models.ts';
import { windowFilter } from '../analysis/rolling-window.ts';
import { decidedFilter } from '../cause-rules.ts';
import type { EventFeed } from '../events/event-feed.ts';
import { keptWork } from '../jobs/kept-work.ts';
import type { ProjectJobs } from '../jobs/project-jobs.ts';
import { traceFilterOf } from './session-filter.ts';
import { sessionOptions } from './session-options.ts';
import type { SessionFilter } from './session-schemas.ts';

/** Sittings of error analysis: each one analyzes what it asks for, once, and keeps the result until it is deleted. */
export interface Sessions {
  /** @throws CulpritError `invalid_option` as `culprit analyze` does. */
  create(project: string, given: NewSession): Promise<StoredSession>;
  /** Asks for the work that waits in a project. */
  request(project: string): Promise<void>;
  /** False where it has ended, or is not there. */
  cancel(project: string, id: string): Promise<boolean>;
  /** With the analysis that the server keeps current, whose id is `rolling`; null for none. */
  find(project: string, id: string): Promise<StoredSession | null>;
  /** The analysis that the server keeps current, as a session; null before the first. */
  rolling(project: string): Promise<StoredSession | null>;
  /** Null unless it is done. */
  report(project: string, id: string): Promise<ReportData | null>;
  /** The traces of a session, as `culprit analyze` reads them from a file. */
  traces(session: StoredSession): AsyncIterable<Uint8Array>;
  /** What the traces of the second session show against the causes of the first, as `culprit diff --against` does. */
  diff(before: StoredSession, after: StoredSession): Promise<Changes>;
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
  /** Of a session that is begun once, whoever begins it. Default: a new one. */
  readonly id?: string;
}

export interface SessionsDeps {
  readonly store: Pick<TelemetryStore, 'stream'>;
  readonly workspace: Workspace;
  readonly analyses: Pick<Analyses, 'latest' | 'standing' | 'members'>;
  readonly jobs: ProjectJobs;
  readonly feed: Pick<EventFeed, 'add' | 'onEvent'>;
  readonly analyze: AnalysisRunner;
  readonly clock: () => number;
  readonly newId: () => string;
  readonly onError: (error: unknown) => void;
}

/** What the record of a session calls its input. */
export const inputName = (project: string): string => `${project}-traces.jsonl`;

/** Id of the analysis that the server keeps current. */
const ROLLING = 'rolling';

/** Comparisons that are kept. */
const REMEMBERED = 10;

export function sessions(deps: SessionsDeps): Sessions {
  const { store, workspace, clock } = deps;

  async function* traces({ project, filter, options }: StoredSession): AsyncGenerator<Uint8Array> {
    const wanted = traceFilterOf(project, filter as SessionFilter, Number(options['seed']));
    const decided = await decidedFilter(deps, wanted);
    yield* storedSource(store, decided, inputName(project)).open();
  }

  const someTraces = (session: StoredSession): AsyncIterable<Uint8Array> =>
    notEmpty(traces(session), 'no stored trace fits the filter of this session');

  const kept = keptWork<StoredSession, SessionResult>({
    kind: 'session',
    find: (project, id) => workspace.session(project, id),
    next: (project) => workspace.nextSession(project),
    move: (project, id, to) => workspace.moveSession(project, id, to),
    setProgress: (project, id, progress) => workspace.setProgress(project, id, progress),
    async run(session, hooks) {
      const { isAlone = false, tenant = '' } = session.filter as SessionFilter;
      const {
        traces: seen,
        failed,
        report: made,
      } = await deps.analyze(
        () => someTraces(session),
        {
          names: [inputName(session.project)],
          options: session.options,
          known: NONE_KNOWN,
          compare: null,
          ...(isAlone && { alone: tenant }),
        },
        hooks,
      );
      return { traces: seen, failed, report: made };
    },
    ...{ jobs: deps.jobs, feed: deps.feed, clock, onError: deps.onError },
  });

  const report: Sessions['report'] = async (project, id) => {
    if (id === ROLLING) return (await deps.analyses.latest(project))?.report ?? null;
    const found = await workspace.sessionReport(project, id);
    return found === null ? null : (unpacked(found) as ReportData);
  };

  const rolling: Sessions['rolling'] = async (project) => {
    const latest = await deps.analyses.latest(project);
    if (latest === null) return null;
    const { at, traces: seen, failed } = latest;
    const { from, to } = windowFilter(project, latest);
    const { isRunning } = await deps.analyses.standing(project);
    return {
      ...{ id: ROLLING, project, created: at, by: '', parent: null, name: 'Rolling analysis' },
      filter: {
        ...(from !== undefined && { from: iso(from) }),
        ...(to !== undefined && { to: iso(to) }),
      },
      options: usual({ scores: latest.report.analysis.options.scores }),
      ...{ agenda: [], people: [], minutes: 0, notes: '', progress: null, error: null },
      ...{ state: isRunning ? 'running' : 'done', started: at, ended: at, traces: seen, failed },
    };
  };

  const compared = new Map<string, Promise<Changes>>();

  const compare = async (before: StoredSession, after: StoredSession): Promise<Changes> => {
    const earlier = await report(before.project, before.id);
    if (earlier === null) throw new CulpritError('invalid_input', 'nothing to compare with');
    // Failures are found as those of the first were.
    const { scores, stepBudget, all } = earlier.analysis.options;
    const found = await deps.analyze(
      () => someTraces(after),
      {
        names: [inputName(after.project)],
        options: { ...after.options, scores, stepBudget, all },
        ...{ known: NONE_KNOWN, compare: { kind: 'against', analysis: earlier.analysis } },
      },
      { progress: () => {}, signal: new AbortController().signal },
    );
    return { diff: found.diff as Diff, report: unpacked(found.report) as ReportData };
  };

  return {
    async create(project, { filter, options, name, id = deps.newId(), ...given }) {
      const settings = (await workspace.project(project))?.settings;
      const at = clock();
      const resolved = usual({ scores: settings?.scores ?? [], ...options });
      const session: StoredSession = {
        ...{ id, project, created: at, minutes: 0, ...given },
        name: name === '' ? new Date(at).toISOString().slice(0, 16).replace('T', ' ') : name,
        // Its end is fixed, so that the same traces are found again.
        filter: { ...filter, to: filter.to ?? new Date(at).toISOString() },
        options: resolved,
        ...{ state: 'waiting', progress: null, started: null, ended: null },
        ...{ traces: null, failed: null, error: null },
      };
      const isNew = await workspace.addSession(session);
      if (isNew) await kept.tell(project, id);
      await kept.request(project);
      return isNew ? session : ((await workspace.session(project, id)) ?? session);
    },
    request: kept.request,
    cancel: kept.cancel,
    report,
    traces,
    find: (project, id) => (id === ROLLING ? rolling(project) : workspace.session(project, id)),
    rolling,
    diff(before, after) {
      const key = [before, after].map(({ id, created }) => `${id} ${created}`).join(' ');
      const known = compared.get(key);
      if (known !== undefined) return known;
      const made = compare(before, after);
      if (compared.size >= REMEMBERED) compared.clear();
      compared.set(key, made);
      made.catch(() => compared.delete(key));
      return made;
    },
    work: kept.work,
  };
}

/** Options as they are kept. */
const usual = (given: Readonly<Record<string, unknown>>): JsonObject =>
  JSON.parse(JSON.stringify(sessionOptions(given))) as JsonObject;

const iso = (at: number): string => new Date(at).toISOString();
