import type { TrafficSeen } from './previous-version.ts';

/** Where a version runs: those of one line follow each other. */
export interface VersionLine {
  /** '' where traces name none. */
  readonly environment: string;
  /** Name of the prompt; '' where traces name none, and for releases. */
  readonly prompt: string;
}

/** A version and what came of its comparison with the one before. */
export interface VersionCheck extends VersionLine {
  readonly value: string;
  /** Its first trace, and the last one that was looked at; epoch milliseconds. */
  readonly first: number;
  readonly last: number;
  readonly step: CheckStep;
}

/** A cause that is new or has grown. */
interface GrownCause {
  readonly id: string;
  readonly title: string;
  readonly state: 'new' | 'grown';
}

interface Compared {
  /** The version before. */
  readonly from: string;
  /** Id of the comparison. */
  readonly comparison: string;
  /** When it was asked for, or ended; epoch milliseconds. */
  readonly at: number;
}

type CheckStep =
  /** It was there before anybody looked, or ran before: it is not new. */
  | { readonly kind: 'known' }
  /** Nothing ran there before it. */
  | { readonly kind: 'first' }
  /** Too little can be told yet. */
  | { readonly kind: 'waiting'; readonly from: string | null; readonly lacks: string }
  | ({ readonly kind: 'comparing' } & Compared)
  | ({
      readonly kind: 'done';
      /** What changed, in a sentence. */
      readonly headline: string;
      readonly grown: readonly GrownCause[];
      /** Causes that could not be told from chance. */
      readonly open: number;
      /** Whether its incident goes on. */
      readonly isIncident: boolean;
    } & Compared)
  | ({ readonly kind: 'failed'; readonly reason: string } & Compared);

/** What a watcher of versions knows. */
export interface VersionsState {
  /** When it began; epoch milliseconds. */
  readonly begin: number;
  /** When it last looked for versions. */
  readonly looked: number;
  /** The one that appeared last first. */
  readonly checks: readonly VersionCheck[];
}

/** Milliseconds that are looked back for new versions: what comes later than that is no news. */
export const LOOK_BACK = 7 * 86_400_000;

/** So many are remembered; those that ran last. */
const MOST_CHECKS = 500;

/** In one line, so many that came at once are compared, the last ones. */
const MOST_AT_ONCE = 5;

/** Milliseconds that a version must be there, however much it gets: the first minutes are no sample. */
const FIRST_HOUR = 3_600_000;

/** Failures of both versions together below which no cause can be tested. */
const FEWEST_FAILURES = 5;

export interface VersionSeen extends VersionLine, TrafficSeen {
  readonly first: number;
}

export const sameLine = (a: VersionLine, b: VersionLine): boolean =>
  a.environment === b.environment && a.prompt === b.prompt;

const isSame = (a: VersionLine & { value: string }, b: VersionLine & { value: string }): boolean =>
  sameLine(a, b) && a.value === b.value;

/** Each version is told of where it runs. Those of traces that name no environment count where none names one. */
export function linesOf(
  seen: readonly VersionSeen[],
): readonly (readonly [VersionLine, readonly VersionSeen[]])[] {
  const isNamed = seen.some(({ environment }) => environment !== '');
  const kept = seen.filter(({ environment }) => !isNamed || environment !== '');
  const lines = Map.groupBy(kept, ({ environment, prompt }) =>
    JSON.stringify([environment, prompt]),
  );
  return [...lines.values()].map((versions) => {
    const { environment, prompt } = versions[0]!;
    return [{ environment, prompt }, versions.toSorted((a, b) => a.first - b.first)];
  });
}

/**
 * The versions of a line that are new and have to be looked at, the first to appear first; all others are known.
 * @param seen in order of appearance, with all their traffic
 * @param isFirstLook then what has enough traffic was there before, and so was what another one followed
 */
export function freshIn(
  seen: readonly VersionSeen[],
  checks: readonly VersionCheck[],
  {
    now,
    floor,
    isFirstLook,
  }: { readonly now: number; readonly floor: number; readonly isFirstLook: boolean },
): { readonly fresh: readonly VersionSeen[]; readonly known: readonly VersionSeen[] } {
  const stepOf = (version: VersionSeen) =>
    checks.find((check) => isSame(check, version))?.step.kind ?? 'new';
  const open = seen.filter((version) => OPEN.has(stepOf(version)));
  const fresh = open
    .filter((version) => stepOf(version) === 'waiting' || version.first >= now - LOOK_BACK)
    .filter((version) => !isFirstLook || (version === seen.at(-1) && version.eligible < floor))
    .slice(-MOST_AT_ONCE);
  return { fresh, known: open.filter((version) => !fresh.includes(version)) };
}

const OPEN: ReadonlySet<string> = new Set(['new', 'waiting']);

/** What is missing until a version can be compared with the one before; null where nothing is. */
export function lackingOf(
  version: VersionSeen,
  before: TrafficSeen,
  { now, floor }: { readonly now: number; readonly floor: number },
): string | null {
  if (version.eligible < floor) return `${whole(version.eligible)} of ${whole(floor)} traces`;
  if (before.eligible < floor)
    return `${before.value}, the one before, has ${whole(before.eligible)} of ${whole(floor)} traces`;
  const failed = version.failed + before.failed;
  if (failed < FEWEST_FAILURES)
    return `${whole(failed)} of ${FEWEST_FAILURES} failures of both together`;
  return now - version.first < FIRST_HOUR ? 'it is not an hour old' : null;
}

const whole = (count: number): string => String(Math.floor(count));

/** The checks with these in the place of those of the same versions; the one that appeared last first. */
export function withChecks(
  checks: readonly VersionCheck[],
  changed: readonly VersionCheck[],
): readonly VersionCheck[] {
  const kept = checks.filter((check) => !changed.some((each) => isSame(each, check)));
  return [...changed, ...kept]
    .toSorted((a, b) => b.last - a.last)
    .slice(0, MOST_CHECKS)
    .toSorted((a, b) => b.first - a.first || (a.value < b.value ? -1 : 1));
}
