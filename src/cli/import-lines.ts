import type { ImportReport } from '../contract/import-report.ts';
import { count, plural } from '../text/format.ts';

/** Names shown of each kind of loss. */
const SHOWN = 12;

/** What came of the import of a file. */
export function importLines(report: ImportReport, isStored: boolean): string {
  const lines = isStored
    ? [
        `${report.name}: ${plural(report.traces, 'trace')} (${report.formats.join(', ') || 'no records'})`,
        `  stored          ${storedText(report)}`,
        ...(report.repeated > 0
          ? [`  stored before   ${plural(report.repeated, 'conversation')}`]
          : []),
        ...(report.ignoredLogs > 0
          ? [`  left out        ${plural(report.ignoredLogs, 'log record')} about no run`]
          : []),
      ]
    : [`${report.name}: nothing stored, because part of it is not understood`];
  return `${[...lines, ...lossLines(report), ...keptLines(report)].join('\n')}\n`;
}

function storedText({ stored }: ImportReport): string {
  const { spans, logs, scores, conversations } = stored;
  const parts = [
    ...(spans > 0 ? [plural(spans, 'span')] : []),
    ...(conversations > 0 ? [plural(conversations, 'conversation')] : []),
    ...(logs > 0 ? [plural(logs, 'log event')] : []),
    ...(scores > 0 ? [plural(scores, 'score')] : []),
  ];
  return parts.join(', ') || 'nothing';
}

function lossLines({ lost }: ImportReport): readonly string[] {
  if (lost.count === 0) return [];
  const problems = lost.problems.map(
    ({ code, count: times, line, message }) =>
      `    ${code} ×${count(times)}: ${line === null ? '' : `line ${line}: `}${message}`,
  );
  const fields = lost.fields.map(
    ({ format, field, count: times }) => `    ${format}: ${field} ×${count(times)}`,
  );
  return [`  not understood  ${count(lost.count)}`, ...shown(problems), ...shown(fields)];
}

function keptLines({ kept }: ImportReport): readonly string[] {
  if (kept.length === 0) return [];
  const names = kept.slice(0, SHOWN).map(({ field, count: times }) => `${field} ×${count(times)}`);
  const more = kept.length > SHOWN ? `, and ${kept.length - SHOWN} more` : '';
  return [`  kept, without a meaning here: ${names.join(', ')}${more}`];
}

const shown = (lines: readonly string[]): readonly string[] =>
  lines.length <= SHOWN
    ? lines
    : [...lines.slice(0, SHOWN), `    and ${lines.length - SHOWN} more: see --json`];
