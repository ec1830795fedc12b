import type { Alert } from '../../../contract/alert.ts';
import { plural } from '../../../text/format.ts';
import { watchedText } from '../../../text/watched-text.ts';

const STATES: Readonly<Record<Alert['kind'], string>> = {
  opened: 'Alert',
  resolved: 'Resolved',
  unresolved: 'Closed unresolved',
  digest: 'Digest',
  test: 'Test',
};

export const alertTitle = ({ kind, project, headline }: Alert): string =>
  `${STATES[kind]} · ${project}: ${headline}`;

/** The alert as lines of plain text. */
export function alertText(alert: Alert): string {
  const { owner, causes, unexplained, traces, next, url, watcher, digest } = alert;
  const change = (value: number): string =>
    `${value > 0 ? '+' : '−'}${watchedText(watcher.of.kind, Math.abs(value))}`;
  const lines = [
    alertTitle(alert),
    ...(owner === '' ? [] : [`Owner: ${owner}`]),
    ...causes.map(
      ({ id, title, change: by }) =>
        `Cause ${id}: ${title}${by === null ? '' : `, ${change(by)} of the mean`}`,
    ),
    ...(unexplained === null ? [] : [`Unexplained: ${change(unexplained)}`]),
    ...(traces.length === 0 ? [] : [`${plural(traces.length, 'trace')}: ${traces.join(', ')}`]),
    ...(digest === null ? [] : ['', digest, '']),
    `Next: ${next}`,
    ...(url === null ? [] : [url]),
  ];
  return lines.join('\n');
}
