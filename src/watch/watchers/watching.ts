import type { Watching } from './advance.ts';

/**
 * Three standard deviations of one hour and two of six, and four in the second week. Alerts begin where both are exceeded
 * for half an hour: in trials, at most one false incident in 90 days in 95% of watchers (`watcher-trials.test.ts`).
 */
export const WATCHING: Pick<Watching, 'thresholds' | 'coldStart'> = {
  thresholds: { short: 3, long: 2 },
  coldStart: 4,
};
