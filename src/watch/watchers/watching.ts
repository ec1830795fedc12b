import { CulpritError } from '../../contract/culprit-error.ts';
import type {
  WatchDirection,
  Watched,
  WatcherSettings,
  WatchMethod,
} from '../../contract/watcher.ts';
import type { Watching } from './advance.ts';

/**
 * Three standard deviations of one hour and two of six, and four in the second week. Alerts begin where both are exceeded
 * for half an hour: in trials, at most one false incident in 90 days in 95% of watchers (`watcher-trials.test.ts`).
 */
export const WATCHING: Pick<Watching, 'thresholds' | 'coldStart'> = {
  thresholds: { short: 3, long: 2 },
  coldStart: 4,
};

type Kind = Watched['kind'];

/** Of each kind the methods that suit its series, the usual one first; none: there is no series. */
const METHODS: Readonly<Record<Kind, readonly WatchMethod[]>> = {
  score: ['cusum', 'ewma'],
  cost: ['ewma', 'cusum'],
  latency: ['ewma', 'cusum'],
  cause: ['binomial'],
  failures: ['binomial'],
  novelty: ['binomial'],
  traffic: ['seasonal'],
  sources: [],
  versions: [],
};

/** Of what has no series. */
const SUBJECTS: Readonly<Partial<Record<Kind, string>>> = {
  sources: 'whether sources send',
  versions: 'what a new version changed',
};

const DIRECTIONS: Readonly<Partial<Record<Kind, WatchDirection>>> = {
  score: 'down',
  traffic: 'both',
};

/**
 * How the series of a watcher is watched; null where it has none.
 * @throws CulpritError `invalid_input` for a setting that has no effect.
 */
export function watchingOf(settings: WatcherSettings): Watching | null {
  const { of, where, method, direction, thresholds } = settings;
  if (of.kind === 'versions' && (where.release ?? where.promptVersion) !== undefined)
    throw wrong(settings, 'new versions are watched as they come: name no release and no version');
  const methods = METHODS[of.kind];
  const [usual] = methods;
  if (usual === undefined) {
    if (method ?? direction ?? thresholds)
      throw wrong(settings, `${SUBJECTS[of.kind]} has no method, direction or thresholds`);
    return null;
  }
  if (method !== undefined && !methods.includes(method))
    throw wrong(settings, `${of.kind} can be watched by ${methods.join(' or ')}, not by ${method}`);
  const chosen = method ?? usual;
  if (thresholds !== undefined && (chosen === 'ewma' || chosen === 'cusum'))
    throw wrong(settings, `${chosen} has no thresholds; leave them out`);
  return {
    method: chosen,
    direction: direction ?? DIRECTIONS[of.kind] ?? 'up',
    ...WATCHING,
    ...(thresholds !== undefined && { thresholds }),
  };
}

const wrong = ({ name }: WatcherSettings, why: string): CulpritError =>
  new CulpritError('invalid_input', `watcher ${name}: ${why}`);
