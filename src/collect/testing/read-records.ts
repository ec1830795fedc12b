import type { Problem } from '../../contract/collection.ts';
import type { Json } from '../../contract/json.ts';
import { recordReader } from '../read/record-reader.ts';
import { tally } from '../read/tally.ts';
import type { RawConversation, RawRecord, RawScore, RawSpan } from '../record.ts';
import { type ColumnMap, columnRoles } from '../shape/column-map.ts';

export interface ReadRecords {
  readonly formats: readonly string[];
  readonly records: readonly RawRecord[];
  readonly spans: readonly RawSpan[];
  readonly scores: readonly RawScore[];
  readonly conversations: readonly RawConversation[];
  readonly problems: readonly Problem[];
}

/** What the shapes make of some parsed values, before any trace is put together. */
export function readRecords(values: readonly Json[], map?: ColumnMap): ReadRecords {
  const records: RawRecord[] = [];
  const counted = tally();
  const reader = recordReader({
    assembler: {
      add: (record) => {
        records.push(record);
        return [];
      },
      end: () => [],
    },
    counted,
    roles: columnRoles(map),
    mapped: map !== undefined,
  });
  const sink = reader.sink(counted.file('test'), '');
  for (const [index, value] of values.entries()) sink.value(value, index + 1);
  reader.end();
  const report = counted.report();
  return {
    formats: report.files[0]?.formats ?? [],
    records,
    spans: records.flatMap((record) => (record.kind === 'span' ? [record.span] : [])),
    scores: records.flatMap((record) => (record.kind === 'score' ? [record.score] : [])),
    conversations: records.flatMap((record) =>
      record.kind === 'conversation' ? [record.conversation] : [],
    ),
    problems: report.problems,
  };
}
