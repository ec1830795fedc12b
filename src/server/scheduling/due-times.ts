import { CulpritError } from '../../contract/culprit-error.ts';
import type { ScheduleSettings } from '../../contract/schedule.ts';
import { Cron } from '../packages.ts';

type Rule = Pick<ScheduleSettings, 'cron' | 'timeZone'>;

/** So many missed sessions are caught up with; older ones are not. */
const MOST = 5;

/**
 * When a schedule was due after a time up to another, in order, the last five at most; epoch milliseconds.
 * Hours that the clock skips are due right after, hours that come twice are due once.
 */
export function dueTimes(rule: Rule, after: number, until: number): readonly number[] {
  const cron = cronOf(rule);
  const due: number[] = [];
  // `previousRuns` leaves out the reference itself.
  for (const time of cron.previousRuns(MOST, new Date(until + 1))) {
    if (time.getTime() <= after) break;
    due.push(time.getTime());
  }
  return due.reverse();
}

/** When a schedule is due next; null for never. */
export const nextDue = (rule: Rule, after: number): number | null =>
  cronOf(rule).nextRun(new Date(after))?.getTime() ?? null;

/** @throws CulpritError `invalid_input` for a rule or a time zone that is none, or that is due more than once an hour. */
export function checkRule(rule: Rule, now: number): void {
  let times: readonly Date[];
  try {
    times = cronOf(rule).nextRuns(2, new Date(now));
  } catch (cause) {
    throw wrong(`cron: ${(cause as Error).message}`, cause);
  }
  const [first, second] = times;
  if (first === undefined) throw wrong(`cron: ${rule.cron} is never due`);
  if (second !== undefined && second.getTime() - first.getTime() < HOUR)
    throw wrong(`cron: ${rule.cron} is due more than once an hour`);
}

const HOUR = 3_600_000;

const wrong = (why: string, cause?: unknown): CulpritError =>
  new CulpritError('invalid_input', why, { cause });

const cronOf = ({ cron, timeZone }: Rule): Cron =>
  new Cron(cron, { timezone: timeZone, mode: '5-part' });
