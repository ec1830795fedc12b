import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import { CulpritError } from '../contract/culprit-error.ts';
import type { Thread } from '../numeric/numeric.ts';
import type { TelemetryStore } from '../store/telemetry/telemetry.ts';
import type { Workspace } from '../store/workspace/workspace.ts';
import { analyses } from './analysis/analyses.ts';
import type { AnalysisRunner } from './analysis/analysis-thread.ts';
import { judgeAgain } from './analysis/judge-again.ts';
import { app } from './app.ts';
import { eventFeed } from './events/event-feed.ts';
import { finishedCounts } from './events/finished-counts.ts';
import { finisher, finishWorkerModule } from './finish/finisher.ts';
import { accessCheck } from './http/access.ts';
import { BODY_LIMITS, type BodyLimits, bodyReader } from './http/body.ts';
import { IMPORT_LIMITS, type ImportLimits, imports } from './import/imports.ts';
import { finishing } from './ingest/finishing.ts';
import { ingest } from './ingest/ingest.ts';
import { OPEN_TRACE_LIMITS, type OpenTraceLimits, openTraces } from './ingest/open-traces.ts';
import { projectJobs } from './jobs/project-jobs.ts';
import { metrics } from './metrics.ts';
import { createAdaptorServer } from './packages.ts';
import { projectRules } from './project-rules.ts';
import type { ServerContext } from './server-context.ts';
import { sources } from './sources/sources.ts';

/** What a server works with. */
export interface ServerDeps {
  readonly store: TelemetryStore;
  readonly workspace: Workspace;
  /** Starts a thread that runs `finishWorkerModule()`. */
  readonly spawn: (module: URL) => Thread;
  readonly analyze: AnalysisRunner;
  /** Version of the package. */
  readonly version: string;
  /** Epoch milliseconds. Default: the clock of the machine. */
  readonly clock?: () => number;
  /** Faults that no client caused. */
  readonly onError: (error: unknown) => void;
}

export interface ServerOptions {
  readonly host: string;
  /** Each port answers everything; 0 takes any that is free. */
  readonly ports: readonly number[];
  readonly openTraces?: Partial<OpenTraceLimits>;
  readonly bodies?: Partial<BodyLimits>;
  readonly imports?: Partial<ImportLimits>;
  /** Milliseconds between two looks for finished traces. Default 1,000; null: only `tick` looks. */
  readonly tick?: number | null;
  /** Milliseconds between two analyses of a project that gets traces. Default an hour; null: only on demand. */
  readonly analyze?: number | null;
}

export interface RunningServer {
  /** `http://host:port` of each port. */
  readonly urls: readonly string[];
  /** Finishes traces that rest. */
  tick(): Promise<void>;
  /** Stops taking requests, ends those that are being answered, finishes what is due. The stores stay open. */
  close(): Promise<void>;
}

/**
 * Receives traces and answers questions about them.
 * @throws CulpritError `invalid_option` for a port that is taken.
 */
export async function startServer(
  options: ServerOptions,
  deps: ServerDeps,
): Promise<RunningServer> {
  const { store, workspace, version, onError, clock = Date.now } = deps;
  const counted = metrics();
  const open = openTraces({ ...OPEN_TRACE_LIMITS, ...options.openTraces });
  const judging = finisher(() => deps.spawn(finishWorkerModule()));
  const projects = projectRules({ workspace, finisher: judging, version });
  const receiving = ingest({ store, open, clock });
  const { keepDays } = projects;
  const feed = await eventFeed({ log: workspace.events, clock });
  const counts = finishedCounts(feed, clock);
  const finish = finishing({
    ...{ store, open, clock, onError, keepDays },
    onFinished: counts.add,
    ingest: receiving,
    finisher: judging,
    prepare: projects.of,
  });
  const tick = async (): Promise<void> => {
    await finish.run();
    await counts.tell();
  };
  /** The second run is for what became due while the first was at its end. */
  const finishAll = async (): Promise<void> => {
    await finish.run();
    await finish.run();
  };
  const newId = (): string => randomBytes(12).toString('hex');
  const pause = options.analyze ?? HOUR;
  const jobs = projectJobs({ queue: workspace.jobs, feed, clock, onError });
  const causes = analyses({
    ...{ store, workspace, jobs, feed, clock, newId, onError },
    pause,
    analyze: deps.analyze,
    onModel: projects.forget,
    judgeAgain: async (project) => {
      const { judgedBy } = await projects.of(project);
      await judgeAgain(project, judgedBy, { store, finisher: judging, onFailure: onError });
    },
  });
  // This or another process has made a new model.
  feed.onEvent(({ kind, project }) => {
    if (kind !== 'analysis') return;
    projects.forget(project);
    causes.forget(project);
  });
  const isOpen = LOOPBACK.test(options.host);
  const context: ServerContext = {
    ...{ version, store, workspace, projects, clock, onError, isOpen },
    since: clock(),
    ingest: receiving,
    ...{ jobs, feed, analyses: causes },
    sources: sources({ store, workspace, clock }),
    imports: imports(
      { store, open, projects, ingest: receiving, finish: finishAll },
      { ...IMPORT_LIMITS, ...options.imports },
    ),
    bodies: bodyReader({ ...BODY_LIMITS, ...options.bodies }),
    checkAccess: accessCheck({ workspace, isOpen, clock }),
    metrics: counted,
    progress: () => ({ ...finish.counts(), openTraces: open.size(), openBytes: open.bytes() }),
    newId,
  };
  addGauges(context);

  for await (const { project, traceId, received } of store.unassembled(context.since - SWEEP))
    receiving.reopen(project, traceId, received);

  const { fetch } = app(context);
  const servers: Server[] = [];
  try {
    for (const port of options.ports) {
      const server = createAdaptorServer({ fetch }) as Server;
      await listen(server, port, options.host);
      servers.push(server);
    }
  } catch (error) {
    await Promise.all(servers.map(closed));
    await judging.close();
    throw error;
  }
  await causes.work();
  if (options.analyze !== null) causes.requestDue().catch(onError);
  const timers = [
    every(options.tick, 1_000, () => tick().catch(onError)),
    every(options.tick, 1_000, () => feed.look().catch(onError)),
    every(options.analyze && Math.min(pause, MINUTE), MINUTE, () =>
      causes.requestDue().catch(onError),
    ),
  ];
  return {
    urls: servers.map((server) => urlOf(server, options.host)),
    tick,
    async close() {
      for (const timer of timers) clearInterval(timer);
      feed.stop();
      await Promise.all(servers.map(closed));
      await workspace.jobs.stop();
      await finish.run();
      await judging.close();
    },
  };
}

const MINUTE = 60_000;
const HOUR = 3_600_000;

/** A timer that does not keep the process alive; undefined for none. */
function every(
  given: number | null | undefined,
  usual: number,
  work: () => Promise<unknown>,
): NodeJS.Timeout | undefined {
  if (given === null) return undefined;
  return setInterval(() => void work(), given ?? usual).unref();
}

const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|localhost|::1)$/;

/** A restart looks at traces that got something within the last two days: none is open for longer than one. */
const SWEEP = 2 * 86_400_000;

function addGauges(context: ServerContext): void {
  const { metrics: counted, progress, store, bodies, sources: known } = context;
  counted.gauge(
    'culprit_open_traces',
    'Traces that are still arriving.',
    () => progress().openTraces,
  );
  counted.gauge('culprit_open_bytes', 'Bytes of traces in memory.', () => progress().openBytes);
  counted.gauge(
    'culprit_finished_traces',
    'Traces assembled and judged.',
    () => progress().finished,
  );
  counted.gauge('culprit_failed_traces', 'Finished traces that failed.', () => progress().failed);
  counted.gauge(
    'culprit_broken_traces',
    'Traces that could not be judged.',
    () => progress().broken,
  );
  counted.gauge('culprit_bodies_bytes', 'Bytes of requests in work.', bodies.bytes);
  counted.gauge(
    'culprit_queued_bytes',
    'Bytes waiting to be stored.',
    () => store.status().queuedBytes,
  );
  counted.gauges('culprit_sources', 'Sources of traces, by state.', 'state', () => known.counts());
}

const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(
        new CulpritError(
          'invalid_option',
          `port: ${host}:${port} cannot be used (${cause.code ?? cause.message}); choose another`,
          { cause },
        ),
      ),
    );
    server.listen(port, host, resolve);
  });

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });

function urlOf(server: Server, host: string): string {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
