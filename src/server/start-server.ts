import { randomBytes } from 'node:crypto';
import type { Server as HttpServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OpenLabelEndpoint } from '../contract/label-model.ts';
import type { OpenEndpoint } from '../contract/online-judge.ts';
import type { Thread } from '../numeric/numeric.ts';
import type { TelemetryStore } from '../store/telemetry/telemetry.ts';
import type { Workspace } from '../store/workspace/workspace.ts';
import { openAccounts } from './accounts/accounts.ts';
import { checkNobodySignsIn } from './accounts/no-accounts.ts';
import { noteIn, noteJoined, notePersonIn } from './accounts/note.ts';
import { analyses } from './analysis/analyses.ts';
import type { AnalysisRunner } from './analysis/analysis-thread.ts';
import { disagreementsIn } from './annotation/disagreements.ts';
import { routing } from './annotation/routing.ts';
import { app } from './app.ts';
import { backfills } from './backfill/backfills.ts';
import { reopenFixed } from './causes/reopen-fixed.ts';
import { comparisons } from './comparisons/comparisons.ts';
import { decoders, decodeWorkerModule } from './decode/decoders.ts';
import { diskFull, type FreeBytes } from './disk-space.ts';
import { eventFeed } from './events/event-feed.ts';
import { finishedCounts } from './events/finished-counts.ts';
import { exports } from './export/exports.ts';
import { finisher, finishWorkerModule } from './finish/finisher.ts';
import { addGauges } from './gauges.ts';
import { type GrpcServer, grpcServer } from './grpc/grpc-server.ts';
import { guardWorkerModule } from './guarding/guard-thread.ts';
import { guards } from './guarding/guards.ts';
import { accessCheck } from './http/access.ts';
import { BODY_LIMITS, bodyReader } from './http/body.ts';
import { clientAddress } from './http/client-address.ts';
import { CLOSE_MS, closed, countRequests } from './http/closed-server.ts';
import { KEEP_ALIVE_MS, REQUEST_TIMES } from './http/request-times.ts';
import { isChangeOf } from './http/tell-changes.ts';
import { IMPORT_LIMITS, imports } from './import/imports.ts';
import { finishing } from './ingest/finishing.ts';
import { ingest } from './ingest/ingest.ts';
import { OPEN_TRACE_LIMITS, openTraces } from './ingest/open-traces.ts';
import { scorePlacing } from './ingest/score-placing.ts';
import { SPOOL_LIMITS, spool } from './ingest/spool.ts';
import { projectJobs } from './jobs/project-jobs.ts';
import { judges } from './judging/judges.ts';
import { openScorers } from './judging/scorer.ts';
import { listen, urlOf } from './listen.ts';
import { loopDelay } from './loop-delay.ts';
import { metrics } from './metrics.ts';
import { narratives } from './narratives/narratives.ts';
import { openLabelModel } from './narratives/open-label-model.ts';
import { createAdaptorServer } from './packages.ts';
import { projectRules } from './project-rules.ts';
import { proposals } from './proposals/proposals.ts';
import type { RunningServer } from './running-server.ts';
import { drift } from './scheduling/drift.ts';
import { incidentSession } from './scheduling/incident-session.ts';
import { scheduling } from './scheduling/scheduling.ts';
import type { ServerContext } from './server-context.ts';
import type { ServerOptions } from './server-options.ts';
import { sessions } from './sessions/sessions.ts';
import { sources } from './sources/sources.ts';
import type { SuiteWork } from './suites/suite-thread.ts';
import { suites } from './suites/suites.ts';
import { every, timerFrom } from './timers.ts';
import { NO_OPERATOR, openChannels } from './watching/channels/open-channels.ts';
import { watchedCauses } from './watching/watched-causes.ts';
import { watching } from './watching/watching.ts';

/** What a server works with. */
export interface ServerDeps {
  readonly store: TelemetryStore;
  readonly workspace: Workspace;
  /** Starts a thread that runs a module. */
  readonly spawn: (module: URL) => Thread;
  /** Folder for rows of open traces, of this server alone: what is in it is removed. */
  readonly spoolFolder: string;
  readonly analyze: AnalysisRunner;
  /** Makes suites of causes, and reads runs. */
  readonly suiteWork: SuiteWork;
  /** Folder of the suites, which holds one of each project; made when something is written. */
  readonly suiteFolder: string;
  /** Opens the models of online judges. */
  readonly openEndpoint: OpenEndpoint;
  readonly openLabel: OpenLabelEndpoint;
  readonly freeBytes: FreeBytes;
  /** Version of the package. */
  readonly version: string;
  /** Epoch milliseconds. Default: the clock of the machine. */
  readonly clock?: () => number;
  /** Milliseconds as by a clock that nobody sets. Default: from `clock` at the start, as time passes. */
  readonly timer?: () => number;
  /** Faults that no client caused. */
  readonly onError: (error: unknown) => void;
}

/**
 * Receives traces and answers questions about them.
 * @throws CulpritError `invalid_option` for a port that is taken, and an address that is not of this machine.
 */
export async function startServer(
  options: ServerOptions,
  deps: ServerDeps,
): Promise<RunningServer> {
  const { store, workspace, version, clock = Date.now } = deps;
  let isClosed = false;
  // What is cut off at the end meets stores that are closed; the next start takes it up.
  const onError = (error: unknown): void => {
    if (!isClosed) deps.onError(error);
  };
  const { timer = timerFrom(clock()) } = deps;
  const isOpen = LOOPBACK.test(options.host) && options.auth !== true;
  if (isOpen) checkNobodySignsIn(options);
  const operator = options.operator ?? NO_OPERATOR;
  const scorers = await openScorers(operator.judges, deps);
  const addressOf = clientAddress(options.trustedProxies ?? []);
  const counted = metrics();
  const held = spool(deps.spoolFolder, { ...SPOOL_LIMITS, ...options.spool });
  const openLimits = { ...OPEN_TRACE_LIMITS, ...options.openTraces };
  const open = openTraces(openLimits, held);
  const decoding = decoders({
    ...{ onError, threads: options.decodeThreads ?? 1 },
    spawn: () => deps.spawn(decodeWorkerModule()),
  });
  const judging = finisher(() => deps.spawn(finishWorkerModule()));
  const projects = projectRules({ workspace, finisher: judging, version });
  const receiving = ingest({ store, open, spool: held, clock, timer });
  const { keepDays } = projects;
  const newId = (): string => randomBytes(12).toString('hex');
  const routed = routing({ store, workspace, clock, newId, onError });
  const feed = await eventFeed({ log: workspace.events, clock });
  const counts = finishedCounts(feed, clock);
  const finish = finishing({
    ...{ store, open, onError, keepDays, spool: held },
    clock: timer,
    most: Math.ceil(openLimits.traces / 4),
    ingest: receiving,
    finisher: judging,
    prepare: projects.of,
    onFinished: (rows) => {
      counts.add(rows.traces);
      return routed.add(rows);
    },
  });
  const placing = scorePlacing({ store, ingest: receiving, clock, onError });
  const finishAndTell = async (): Promise<void> => {
    await finish.run();
    await counts.tell();
  };
  const tick = async (): Promise<void> => {
    await placing.run();
    await finishAndTell();
  };
  /** The second run is for what became due while the first was at its end. */
  const finishAll = async (): Promise<void> => {
    await finish.run();
    await finish.run();
  };
  const pause = options.analyze ?? HOUR;
  const jobs = projectJobs({ queue: workspace.jobs, feed, clock, onError });
  const causes = analyses({
    ...{ store, workspace, jobs, feed, clock, newId, onError },
    pause,
    analyze: deps.analyze,
    onModel: projects.forget,
    onAnalysis: (project) => backfill.begin(project, SCHEDULE),
  });
  const backfill = backfills({
    ...{ store, workspace, projects, jobs, feed, version, clock, onError },
    finisher: judging,
    isBusy: () => finish.backlog().age > PROMPT,
    pause: (milliseconds) => sleep(milliseconds),
    onEnd: (project) => reopenFixed({ store, workspace, clock, newId, analyses: causes }, project),
  });
  const sittings = sessions({
    ...{ store, workspace, jobs, feed, clock, newId, onError, analyses: causes },
    analyze: deps.analyze,
  });
  const compared = comparisons({
    ...{ store, workspace, jobs, feed, clock, newId, onError },
    analyze: deps.analyze,
  });
  const proposed = proposals({
    ...{ store, workspace, feed, clock, newId, onError, analyses: causes, sessions: sittings },
  });
  const narrated = narratives({
    ...{ store, workspace, jobs, feed, clock, onError, analyses: causes },
    label: openLabelModel(operator.labelModel, deps.openLabel),
  });
  const sourcesOf = sources({ store, workspace, clock });
  const judged = judges({
    ...{ store, workspace, jobs, clock, onError, projects, scorers },
    ...{ judges: operator.judges, ingest: receiving },
  });
  const guarding = guards({
    ...{ definitions: operator.guards, onError },
    spawn: () => deps.spawn(guardWorkerModule()),
  });
  await guarding.open();
  const isFull = diskFull(deps.freeBytes, timer);
  const watched = watching({
    ...{ store, workspace, feed, clock, onError, sources: sourcesOf, judges: judged },
    ...{ diskFull: isFull, backfills: backfill, comparisons: compared, sessions: sittings },
    channels: openChannels(operator, clock),
    causesOf: (project) => watchedCauses(project, { analyses: causes, workspace }),
    beginSession: (alert) => incidentSession(alert, sittings),
    address: options.address ?? null,
  });
  const scheduled = scheduling({
    ...{ workspace, sessions: sittings, proposals: proposed, clock, onError },
    ...{
      address: options.address ?? null,
      drift: drift({ store, workspace, sessions: sittings, clock }),
    },
    disagreements: (project, since) => disagreementsIn({ store, workspace }, project, since),
  });
  // This or another process has made a new model, or changed the settings of the project.
  feed.onEvent((event) => {
    const { kind, project } = event;
    if (kind === 'analysis') causes.forget(project);
    if (kind === 'analysis' || isChangeOf(event, 'project')) projects.forget(project);
  });
  const note = noteIn(workspace, clock);
  const accounts = isOpen
    ? null
    : await openAccounts({
        ...{ workspace, clock, newId },
        ...{ address: options.address ?? null, provider: options.provider ?? null },
        onAdmitted: ({ person, joined }) => noteJoined(note, person, joined),
      });
  const access = accessCheck({
    ...{ workspace, isOpen, clock: timer, signIn: accounts?.signIn ?? null },
    operatorKey: options.operatorKey ?? null,
  });
  const context: ServerContext = {
    ...{ version, store, workspace, projects, clock, onError, isOpen },
    since: clock(),
    ingest: receiving,
    decoders: decoding,
    ...{ jobs, feed, analyses: causes, sessions: sittings, comparisons: compared },
    ...{ proposals: proposed, narratives: narrated },
    ...{ routing: routed, sources: sourcesOf, watching: watched, judges: judged },
    ...{ backfills: backfill, guards: guarding },
    suites: suites({
      ...{ store, workspace, clock, newId, analyses: causes },
      ...{ work: deps.suiteWork, folder: deps.suiteFolder },
    }),
    imports: imports(
      { store, open, projects, ingest: receiving, finish: finishAll },
      { ...IMPORT_LIMITS, ...options.imports },
    ),
    exports: exports(store, newId),
    bodies: bodyReader({ ...BODY_LIMITS, ...options.bodies }),
    ...{ checkAccess: access.check, forgetAccess: access.forget },
    ...{ accounts, addressOf, note, notePerson: notePersonIn(workspace, note) },
    ...{ metrics: counted, diskFull: isFull },
    progress: () => ({
      ...finish.counts(),
      backlog: finish.backlog(),
      openTraces: open.size(),
      openBytes: open.bytes(),
      spoolBytes: held.bytes(),
    }),
    newId,
  };
  const delay = loopDelay();
  addGauges(context, delay);

  await finish.takeUp(context.since - SWEEP);

  const { fetch } = app(context);
  const times = { ...REQUEST_TIMES, ...options.times };
  const serverOptions = {
    headersTimeout: times.headers,
    requestTimeout: times.request,
    connectionsCheckingInterval: times.check,
    keepAliveTimeout: KEEP_ALIVE_MS,
  };
  const servers: HttpServer[] = [];
  let grpc: GrpcServer | null = null;
  const stopReceiving = (): Promise<unknown> =>
    Promise.all([...servers.map(closed), grpc?.close()]);
  try {
    for (const port of options.ports) {
      const server = createAdaptorServer({ fetch, serverOptions }) as HttpServer;
      countRequests(server);
      await listen(server, port, options.host);
      servers.push(server);
    }
    if (options.grpcPort !== undefined) {
      const made = grpcServer(context);
      await listen(made.server, options.grpcPort, options.host);
      grpc = made;
    }
  } catch (error) {
    await stopReceiving();
    await Promise.all([judging.close(), decoding.close(), guarding.close(), held.close()]);
    throw error;
  }
  await causes.work();
  await sittings.work();
  await compared.work();
  await judged.work();
  await narrated.work();
  await backfill.work();
  // A process may have ended between a session, a comparison or a narrative and its job.
  for (const { id } of await workspace.projects()) {
    await sittings.request(id);
    await compared.request(id);
    await narrated.request(id);
  }
  // The stores close after what works on them.
  const working = new Set<Promise<unknown>>();
  const inBackground = (work: () => Promise<unknown>): void => {
    const done = work()
      .catch(onError)
      .finally(() => working.delete(done));
    working.add(done);
  };
  if (options.analyze !== null) inBackground(() => causes.requestDue());
  if (options.tick !== null) inBackground(() => backfill.requestDue());
  const timers = [
    every(options.tick, PLACING, () => inBackground(() => placing.run())),
    every(options.tick, 500, () => inBackground(finishAndTell)),
    every(options.tick, 1_000, () => inBackground(() => feed.look())),
    every(options.tick, MINUTE, () => inBackground(() => judged.requestDue())),
    every(options.tick, MINUTE, () => inBackground(() => backfill.requestDue())),
    every(options.tick, MINUTE, () => inBackground(() => watched.run())),
    every(options.tick, MINUTE, () => inBackground(() => scheduled.run())),
    every(options.tick, 10_000, () => inBackground(() => watched.deliver())),
    every(options.analyze && Math.min(pause, MINUTE), MINUTE, () =>
      inBackground(() => causes.requestDue()),
    ),
  ];
  return {
    urls: servers.map((server) => urlOf(server, options.host)),
    setup: accounts?.setup ?? null,
    needsKeys: !isOpen,
    async allowReset(email) {
      const person = await workspace.people.personWithEmail(email);
      if (person === null || accounts === null) return null;
      return (await accounts.allowReset(person.id, '')).secret;
    },
    grpcUrl: grpc === null ? null : urlOf(grpc.server, options.host),
    tick,
    async judge() {
      for (const project of await judged.requestDue())
        await jobs.ended(await jobs.add('judging', project, ''));
    },
    async backfill() {
      await backfill.requestDue();
      for (const { id } of await workspace.projects()) await backfill.ended(id);
    },
    async watch() {
      await watched.run();
      await scheduled.run();
      await watched.deliver();
    },
    async load(project, source) {
      await workspace.ensureProject(project, project);
      await context.imports.take(project, source, { strict: false });
      const analysis = await causes.request(project, '');
      await jobs.ended(analysis);
      // One that ran already has seen a part of the file.
      if (analysis.state === 'running') await jobs.ended(await causes.request(project, ''));
      await backfill.ended(project);
    },
    async close() {
      for (const timer of timers) clearInterval(timer);
      delay.close();
      feed.stop();
      await Promise.race([stopReceiving(), sleep(2 * CLOSE_MS, undefined, { ref: false })]);
      // What is not finished by then is taken up by the next start.
      await Promise.race([workspace.jobs.stop(), sleep(FINISH_MS, undefined, { ref: false })]);
      await Promise.race([finish.run(), sleep(FINISH_MS, undefined, { ref: false })]);
      await Promise.all([judging.close(), decoding.close(), guarding.close(), held.close()]);
      await Promise.race([Promise.all(working), sleep(FINISH_MS, undefined, { ref: false })]);
      isClosed = true;
    },
  };
}

/** Who asks for what nobody asked for. */
const SCHEDULE = 'schedule';
/** Milliseconds within which a trace that rests is judged and assigned, unless more arrives than can be. */
const PROMPT = 2_000;
const MINUTE = 60_000;
const HOUR = 3_600_000;
/** Scores that name no trace are looked for this often. */
const PLACING = 30_000;

const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|localhost|::1)$/;

/** A restart looks at traces that got something within the last two days: none is open for longer than one. */
const SWEEP = 2 * 86_400_000;

/** Milliseconds that finishing has when the server closes. */
const FINISH_MS = 5_000;
