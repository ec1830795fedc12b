import { type RawRecord, storedLine } from '../../collect/collect.ts';
import type { StoredTrace } from '../../store/telemetry/telemetry.ts';
import { ByteWriter, ParquetWriter } from '../packages.ts';

/**
 * Culprit's own records as a Parquet file, one a row: `record` holds all that is stored, as JSON; the columns before it are there to be
 * queried. `culprit analyze` reads it.
 */
export async function* parquetFile(traces: AsyncIterable<StoredTrace>): AsyncGenerator<Uint8Array> {
  const writer = new ByteWriter();
  const file = new ParquetWriter({ writer, schema: [ROOT, ...COLUMNS.map(elementOf)] });
  let rows: Row[] = [];
  let size = 0;
  const write = async (): Promise<Uint8Array> => {
    await file.write({
      columnData: COLUMNS.map(({ name, type, of }) => ({ name, type, data: rows.map(of) })),
      rowGroupSize: Math.max(1, rows.length),
    });
    rows = [];
    size = 0;
    return taken(writer);
  };
  for await (const { traceId, format, records } of traces) {
    for (const record of records) {
      const text = JSON.stringify(storedLine(record).record);
      rows.push({ traceId, format, record, text });
      size += text.length;
      if (rows.length >= GROUP_ROWS || size >= GROUP_SIZE) yield await write();
    }
  }
  if (rows.length > 0) yield await write();
  await file.finish();
  yield taken(writer);
}

const GROUP_ROWS = 20_000;
/** Characters. */
const GROUP_SIZE = 16 * 1024 * 1024;

/** What was written since the last time. The writer counts on from where it was. */
function taken(writer: ByteWriter): Uint8Array {
  const bytes = new Uint8Array(writer.buffer, 0, writer.index).slice();
  writer.index = 0;
  return bytes;
}

interface Row {
  readonly traceId: string;
  readonly format: string;
  readonly record: RawRecord;
  /** The record as JSON. */
  readonly text: string;
}

interface Column {
  readonly name: string;
  readonly type: 'STRING' | 'INT32' | 'DOUBLE' | 'TIMESTAMP';
  readonly of: (row: Row) => unknown;
}

const spanOf = ({ record }: Row) => (record.kind === 'span' ? record.span : null);
const scoreOf = ({ record }: Row) => (record.kind === 'score' ? record.score.score : null);

const dateOf = (time: number | null | undefined): Date | null =>
  time === null || time === undefined ? null : new Date(time);

function spanIdOf(row: Row): string | null {
  const { record } = row;
  if (record.kind === 'span') return record.span.spanId;
  return record.kind === 'log' ? record.log.spanId : (scoreOf(row)?.spanId ?? null);
}

function timeOf({ record }: Row): number | null {
  if (record.kind === 'span') return record.span.startTime;
  return record.kind === 'log' ? record.log.time : null;
}

function nameOf(row: Row): string | null {
  const { record } = row;
  if (record.kind === 'log') return record.log.name;
  return spanOf(row)?.name ?? scoreOf(row)?.name ?? null;
}

const COLUMNS: readonly Column[] = [
  { name: 'culpritRecord', type: 'INT32', of: () => 1 },
  { name: 'trace_id', type: 'STRING', of: ({ traceId }) => traceId },
  { name: 'kind', type: 'STRING', of: ({ record }) => record.kind },
  { name: 'span_id', type: 'STRING', of: spanIdOf },
  { name: 'parent_id', type: 'STRING', of: (row) => spanOf(row)?.parentId ?? null },
  { name: 'name', type: 'STRING', of: nameOf },
  { name: 'start', type: 'TIMESTAMP', of: (row) => dateOf(timeOf(row)) },
  { name: 'end', type: 'TIMESTAMP', of: (row) => dateOf(spanOf(row)?.endTime) },
  { name: 'status', type: 'STRING', of: (row) => spanOf(row)?.statusCode ?? null },
  { name: 'score', type: 'DOUBLE', of: (row) => scoreOf(row)?.value ?? null },
  { name: 'label', type: 'STRING', of: (row) => scoreOf(row)?.label ?? null },
  { name: 'format', type: 'STRING', of: ({ format }) => format },
  { name: 'record', type: 'STRING', of: ({ text }) => text },
];

const ROOT = { name: 'root', num_children: COLUMNS.length };

function elementOf({ name, type }: Column) {
  switch (type) {
    case 'STRING':
      return {
        name,
        type: 'BYTE_ARRAY',
        converted_type: 'UTF8',
        repetition_type: 'OPTIONAL',
      } as const;
    case 'TIMESTAMP':
      return {
        ...({ name, type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' } as const),
        repetition_type: 'OPTIONAL',
      } as const;
    default:
      return { name, type, repetition_type: 'OPTIONAL' } as const;
  }
}
