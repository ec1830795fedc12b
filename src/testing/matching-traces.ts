import type { TraceFilter, TraceRow } from '../store/telemetry/telemetry.ts';

/** Whether a filter without a cause and a draw selects a row. */
export const matches = (row: TraceRow, filter: TraceFilter): boolean =>
  Object.entries(filter).every(([name, wanted]) => {
    if (name === 'ids') return filter.ids!.includes(row.traceId);
    if (name === 'from') return row.anchor >= Number(wanted);
    if (name === 'to') return row.anchor < Number(wanted);
    if (name === 'signal') return row.signals.includes(String(wanted));
    if (name === 'words')
      return String(wanted)
        .toLowerCase()
        .split(/\s+/)
        .every((word) => row.output.toLowerCase().includes(word));
    if (name === 'score') {
      const { name: score, atLeast = -Infinity, below = Infinity } = filter.score!;
      const value = row.scores[score];
      return value !== undefined && value >= atLeast && value < below;
    }
    return row[name as keyof TraceRow] === wanted;
  });
