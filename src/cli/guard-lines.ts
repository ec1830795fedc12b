import type { GuardReport } from '../contract/guard.ts';
import { count, percent, percentRange, plural } from '../text/format.ts';
import { plain } from '../text/printable.ts';

type Rate = GuardReport['blocked'];

const rate = ({ count: times, of, interval }: Rate): string =>
  of === 0 ? '–' : `${count(times)} (${percent(times / of)}, ${percentRange(interval)})`;

/** What a guard did or, in shadow mode, would have done. */
export function reportLines(
  { asked, flagged, blocked, falseAlarms, unanswered, byCategory }: GuardReport,
  { shadow, unread }: { readonly shadow: boolean; readonly unread: number },
): string {
  const would = shadow ? 'shadow mode, nothing was done: would have blocked' : 'blocked';
  return [
    `${plural(asked, 'run')}; ${would} ${rate(blocked)}, flagged ${rate(flagged)}`,
    falseAlarms === null
      ? 'false alarms: not known; label runs as sound with "failed": false'
      : `false alarms: ${rate(falseAlarms)} of ${plural(falseAlarms.of, 'run')} labeled as sound`,
    ...byCategory.map(({ category, rate: of }) => `  ${plain(category)}: ${rate(of)}`),
    ...(unanswered > 0 ? [`without an answer in time: ${count(unanswered)}`] : []),
    ...(unread > 0 ? [`lines that could not be read: ${count(unread)}`] : []),
  ].join('\n');
}
