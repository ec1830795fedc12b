import { watchedText } from '../../../text/watched-text.ts';
import type { Watcher, WatcherSettings } from './use-watch.ts';

type Kind = WatcherSettings['of']['kind'];

/** What can be watched, as people call it. */
export const KINDS: Readonly<Record<Kind, string>> = {
  failures: 'Share of traces that fail',
  cause: 'Share that fails by a cause',
  novelty: 'Share of failures of no known cause',
  score: 'Mean of a score',
  cost: 'Cost of a trace',
  latency: 'Duration of a trace',
  traffic: 'Number of traces',
  sources: 'Whether applications send',
  versions: 'What a new version changed',
};

/** A dash for null. */
export const valueText = (kind: Kind, value: number | null): string =>
  value === null ? '–' : watchedText(kind, value);

/** What each state means. */
export const STATES: Readonly<Record<Watcher['state'], string>> = {
  unknown: 'Still learning what is usual, or too little comes in.',
  ok: 'As usual.',
  warning: 'Close to an alert.',
  alert: 'Not as usual for half an hour or longer.',
  uninformative: 'Every value is the same: it says nothing.',
  'no data': 'Nothing came in for six hours.',
  stopped: 'What used to come regularly has stopped.',
  paused: 'Not watching.',
};

/** How each state is shown. */
export const STATE_KINDS: Readonly<
  Record<Watcher['state'], 'new' | 'fail' | 'pass' | 'unsure' | undefined>
> = {
  unknown: undefined,
  ok: 'pass',
  warning: 'unsure',
  alert: 'fail',
  uninformative: 'unsure',
  'no data': 'unsure',
  stopped: 'fail',
  paused: undefined,
};

/** `tenant acme, production`; '' for all traces. */
export const whereText = ({ where = {} }: WatcherSettings): string =>
  WHERE.flatMap(([name, text]) => (where[name] ? [`${text} ${where[name]}`] : [])).join(', ');

/** Parts of the traffic that a watcher may look at alone. */
export const WHERE = [
  ['environment', 'environment'],
  ['tenant', 'tenant'],
  ['release', 'release'],
  ['promptVersion', 'prompt version'],
] as const satisfies readonly (readonly [keyof NonNullable<WatcherSettings['where']>, string])[];

/** Of what has a choice, the ways to watch it, the usual one first; rates and counts have one. */
export const METHODS: Readonly<Partial<Record<Kind, readonly ['cusum' | 'ewma', string][]>>> = {
  score: [
    ['cusum', 'slow shifts'],
    ['ewma', 'levels'],
  ],
  cost: [
    ['ewma', 'levels'],
    ['cusum', 'slow shifts'],
  ],
  latency: [
    ['ewma', 'levels'],
    ['cusum', 'slow shifts'],
  ],
};

/** What has thresholds in standard deviations: rates and counts. */
export const HAS_THRESHOLDS: ReadonlySet<Kind> = new Set([
  ...(['failures', 'cause', 'novelty', 'traffic'] as const),
]);

/** What has values over time. */
export const hasSeries = (kind: Kind): boolean => kind !== 'sources' && kind !== 'versions';
