import { createHash } from 'node:crypto';
import type { Alert } from '../../../contract/alert.ts';
import type { Diff } from '../../../contract/diff.ts';
import type { Json } from '../../../contract/json.ts';
import type { Watched, Watcher } from '../../../contract/watcher.ts';
import { decisionsOf } from '../../../decide/decide.ts';
import { changesMarkdown } from '../../../handoff/handoff.ts';
import type { TelemetryStore, TraceFilter } from '../../../store/telemetry/telemetry.ts';
import type {
  StoredIncident,
  StoredWatcherState,
  Workspace,
} from '../../../store/workspace/workspace.ts';
import { statementText } from '../../../text/statement.ts';
import {
  EVE,
  freshIn,
  LOOK_BACK,
  lackingOf,
  linesOf,
  previousVersion,
  STRETCH,
  sameLine,
  type VersionCheck,
  type VersionLine,
  type VersionSeen,
  type VersionsState,
  withChecks,
} from '../../../watch/watch.ts';
import type { Compared, Comparisons } from '../../comparisons/comparisons.ts';
import type { Sessions } from '../../sessions/sessions.ts';
import { DELAY, deliveriesOf, filterOf, incidentOf } from '../watch-run.ts';
import { endedAlert, grownIn, openedAlert, sidesFor, versionAgenda } from './version-alert.ts';

export interface VersionRunDeps {
  readonly store: Pick<TelemetryStore, 'versions'>;
  readonly workspace: Pick<Workspace, 'watch' | 'comparison' | 'decisions'>;
  readonly comparisons: Pick<Comparisons, 'create' | 'result'>;
  readonly sessions: Pick<Sessions, 'create'>;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Where the server is reached; null where that is not known. */
  readonly address: string | null;
}

type VersionsWatched = Extract<Watched, { readonly kind: 'versions' }>;

/** A watcher of versions. */
export type VersionWatcher = Watcher & { readonly of: VersionsWatched };

export const watchesVersions = (watcher: Watcher): watcher is VersionWatcher =>
  watcher.of.kind === 'versions';

/** What a watcher of versions knows of each. */
export const versionChecks = (stored: StoredWatcherState | undefined): readonly VersionCheck[] =>
  stored === undefined ? [] : (stored.state as unknown as VersionsState).checks;

/** An incident still open after this long is how things are now. */
const LONGEST_INCIDENT = 72 * 3_600_000;

interface Run {
  readonly project: string;
  readonly watcher: VersionWatcher;
  readonly deps: VersionRunDeps;
  readonly now: number;
}

/**
 * Compares each new version with the one before once it has enough traffic, and tells what grew. Everything has an id that
 * follows from the version, so that it is there once, whoever does it and however often it begins again.
 * @returns Whether something opened or ended.
 */
export async function runVersions(
  project: string,
  watcher: VersionWatcher,
  stored: StoredWatcherState | undefined,
  deps: VersionRunDeps,
): Promise<boolean> {
  if (watcher.isPaused) return false;
  const now = deps.clock();
  const run: Run = { project, watcher, deps, now };
  const before = (stored?.state ?? {
    begin: now,
    looked: 0,
    checks: [],
  }) as unknown as VersionsState;
  const incidents: StoredIncident[] = [];
  const ended = await endComparisons(run, before.checks, incidents);
  const over = await endIncidents(run, ended, incidents);
  const isDue = now - before.looked >= STRETCH;
  const isFirstLook = stored === undefined;
  const looked = isDue ? await look(run, { ...before, checks: over }, isFirstLook) : [];
  const state: VersionsState = {
    begin: before.begin,
    looked: isDue ? now : before.looked,
    checks: withChecks(over, looked),
  };
  if (stored !== undefined && JSON.stringify(state) === JSON.stringify(before)) return false;
  return (
    (await deps.workspace.watch.keepProgress(
      project,
      watcher.id,
      {
        from: stored?.until ?? null,
        // Of two runs within one millisecond, one comes second all the same.
        until: Math.max(now, (stored?.until ?? 0) + 1),
        state: state as unknown as Json,
        incidents,
        deliveries: incidents.flatMap(({ alert }) => deliveriesOf(alert, watcher.channels)),
      },
      now,
    )) && incidents.length > 0
  );
}

interface Ended {
  readonly checks: readonly VersionCheck[];
  /** What comparisons that ended in this run have found. */
  readonly found: readonly { readonly check: VersionCheck; readonly diff: Diff }[];
}

/** Takes up what comparisons have found that have ended since. */
async function endComparisons(
  run: Run,
  checks: readonly VersionCheck[],
  incidents: StoredIncident[],
): Promise<Ended> {
  const found: { check: VersionCheck; diff: Diff }[] = [];
  const next: VersionCheck[] = [];
  for (const check of checks) {
    const { step } = check;
    if (step.kind !== 'comparing') {
      next.push(check);
      continue;
    }
    const { project, deps, now } = run;
    const comparison = await deps.workspace.comparison(project, step.comparison);
    const isOpen = comparison?.state === 'waiting' || comparison?.state === 'running';
    const compared =
      comparison?.state === 'done' ? await deps.comparisons.result(project, comparison.id) : null;
    if (isOpen) next.push(check);
    else if (compared === null)
      next.push({
        ...check,
        step: {
          ...{ ...step, kind: 'failed', at: now },
          reason:
            comparison?.error?.message ?? REASONS[comparison?.state ?? 'lost'] ?? REASONS.lost,
        },
      });
    else {
      const alert = await tell(run, check, step, compared);
      if (alert !== null) incidents.push(incidentOf(alert, 'opened'));
      next.push(doneCheck(check, step, compared.diff, { at: now, isIncident: alert !== null }));
      found.push({ check, diff: compared.diff });
    }
  }
  return { checks: next, found };
}

const REASONS: Readonly<Record<string, string>> & { readonly lost: string } = {
  cancelled: 'the comparison was cancelled',
  lost: 'the comparison is not kept any more',
};

type Comparing = Extract<VersionCheck['step'], { readonly kind: 'comparing' }>;

const doneCheck = (
  check: VersionCheck,
  { from, comparison }: Comparing,
  diff: Diff,
  rest: { readonly at: number; readonly isIncident: boolean },
): VersionCheck => ({
  ...check,
  step: {
    ...{ kind: 'done', from, comparison, ...rest, headline: statementText(diff.headline) },
    grown: grownIn(diff).map(({ id, title, state }) => ({
      ...{ id, title, state: state === 'new' ? 'new' : 'grown' },
    })),
    open: diff.causes.filter(({ isNamed, state }) => isNamed && state === 'cannot tell').length,
  },
});

/** Begins a session about what grew; null where nothing did. */
async function tell(
  { project, watcher, deps, now }: Run,
  check: VersionCheck,
  { from, comparison }: Comparing,
  { diff, definitions }: Compared,
): Promise<Alert | null> {
  if (grownIn(diff).length === 0) return null;
  const decisions = decisionsOf(await deps.workspace.decisions(project));
  const fixed = [...decisions.causes].filter(([, fields]) => fields['state'] === 'fixed');
  const agenda = versionAgenda(diff, definitions, new Set(fixed.map(([id]) => id)));
  const sides = sidesFor({ of: watcher.of.by, where: watcher.where }, check, from);
  const { by, from: _, to, ...where } = sides;
  const alert = openedAlert(
    { project, watcher, sides, comparison, address: deps.address },
    { diff, definitions },
    { agenda, at: now },
  );
  await deps.sessions.create(project, {
    ...{ id: comparison, by: '', parent: null, people: [], options: {}, agenda: [...agenda] },
    name: [`${to} after ${from}`, sides.environment].filter(Boolean).join(', ').slice(0, 200),
    notes: changesMarkdown(definitions),
    filter: {
      ...{ ...where, [by]: to, from: new Date(check.first).toISOString() },
      to: new Date(now).toISOString(),
    },
  });
  return alert;
}

/**
 * Ends incidents: a later version took back what an earlier one brought, or three days have passed.
 * @returns The checks, of which some have no incident any more.
 */
async function endIncidents(
  { project, watcher, deps, now }: Run,
  ended: Ended,
  incidents: StoredIncident[],
): Promise<readonly VersionCheck[]> {
  const open = ended.checks.filter(({ step }) => step.kind === 'done' && step.isIncident);
  if (open.every(({ step }) => step.kind === 'done' && step.at === now)) return ended.checks;
  const over = new Set<VersionCheck>();
  const stored = await deps.workspace.watch.incidents(project, 200);
  for (const incident of stored) {
    if (incident.watcher !== watcher.id || incident.ended !== null) continue;
    const check = open.find(({ step }) => incident.id === incidentId(watcher, step));
    if (check === undefined) continue;
    const fixedBy = ended.found.find(
      ({ check: later, diff }) =>
        sameLine(later, check) && later.first > check.first && tookBack(diff, incident.alert),
    );
    const kind = fixedBy !== undefined ? 'resolved' : 'unresolved';
    if (fixedBy === undefined && now - incident.start < LONGEST_INCIDENT) continue;
    const why =
      fixedBy === undefined
        ? `${incident.alert.headline}, and has for three days: this counts as usual now`
        : `${fixedBy.check.value} took back what ${check.value} had brought`;
    incidents.push(incidentOf(endedAlert(incident.alert, kind, now, why), kind));
    over.add(check);
  }
  return ended.checks.map((check) =>
    over.has(check) && check.step.kind === 'done'
      ? { ...check, step: { ...check.step, isIncident: false } }
      : check,
  );
}

const incidentId = ({ id }: Watcher, step: VersionCheck['step']): string | null =>
  step.kind === 'done' ? `${id}-${step.comparison}` : null;

const tookBack = (diff: Diff, { causes }: Alert): boolean =>
  causes.every(({ id }) =>
    diff.causes.some(
      (each) => each.id === id && (each.state === 'shrunk' || each.state === 'gone'),
    ),
  );

/** Looks for versions that are new, and asks for the comparisons of those with enough traffic. */
async function look(
  run: Run,
  { begin, checks }: VersionsState,
  isFirstLook: boolean,
): Promise<readonly VersionCheck[]> {
  const { project, watcher, deps, now } = run;
  const { by, floor } = watcher.of;
  const until: TraceFilter = { ...filterOf(project, watcher), to: now - DELAY };
  const recent = await deps.store.versions({ ...until, from: now - LOOK_BACK }, by);
  // Mostly, all are known.
  if (linesOf(recent).every(([line, seen]) => isSettled(line, seen, checks))) return [];
  const all = await deps.store.versions(until, by);
  const changed: VersionCheck[] = [];
  for (const [line, ran] of linesOf(all)) {
    const seen = ran.filter(({ last }) => last >= now - LOOK_BACK);
    const { fresh, known } = freshIn(seen, checks, { now, floor, isFirstLook });
    changed.push(...known.map((version) => checkOf(version, { kind: 'known' })));
    for (const version of fresh)
      changed.push(await checkNow(run, { line, begin, ran, until }, version));
  }
  return changed;
}

const isSettled = (
  line: VersionLine,
  seen: readonly VersionSeen[],
  checks: readonly VersionCheck[],
): boolean =>
  seen.every(({ value }) => {
    const step = checks.find((check) => sameLine(check, line) && check.value === value)?.step;
    return step !== undefined && step.kind !== 'waiting';
  });

const checkOf = (
  { environment, prompt, value, first, last }: VersionSeen,
  step: VersionCheck['step'],
): VersionCheck => ({ environment, prompt, value, first, last, step });

/** Compares a version with the one before where both have enough traffic. */
async function checkNow(
  { project, watcher, deps, now }: Run,
  {
    line,
    begin,
    ran,
    until,
  }: {
    readonly line: VersionLine;
    readonly begin: number;
    /** All versions of the line with their traffic. */
    readonly ran: readonly VersionSeen[];
    readonly until: TraceFilter;
  },
  version: VersionSeen,
): Promise<VersionCheck> {
  const { by, floor } = watcher.of;
  const inLine = { ...until, ...filterOfLine(line), to: version.first };
  const before = await deps.store.versions(inLine, by);
  if (before.length === 0) return checkOf(version, { kind: 'first' });
  const last = Math.max(...before.map((each) => each.last));
  const eve = await deps.store.versions({ ...inLine, from: last - EVE }, by);
  const previous = previousVersion({ before, eve, now: ran }, floor);
  if (previous === null) return checkOf(version, { kind: 'first' });
  const lacks = lackingOf(version, previous, { now, floor });
  if (lacks !== null) return checkOf(version, { kind: 'waiting', from: previous.value, lacks });
  const sides = sidesFor({ of: by, where: watcher.where }, version, previous.value);
  const key = [project, watcher.id, begin, line.environment, line.prompt, version.value];
  const id = `version-${createHash('sha256').update(JSON.stringify(key)).digest('hex').slice(0, 24)}`;
  const { id: comparison } = await deps.comparisons.create(project, '', sides, id);
  return checkOf(version, { kind: 'comparing', from: previous.value, comparison, at: now });
}

const filterOfLine = ({ environment, prompt }: VersionLine): Partial<TraceFilter> => ({
  ...(environment !== '' && { environment }),
  ...(prompt !== '' && { promptName: prompt }),
});
