import { CulpritError } from '../../contract/culprit-error.ts';
import type { EncodedRows, RowTable } from './row-batch.ts';
import { RowsRefused } from './rows-refused.ts';

export type WriteRows = (table: RowTable, chunks: readonly Uint8Array[]) => Promise<void>;

/** Rows of one caller, and where it hears of them. */
interface Written {
  readonly rows: EncodedRows;
  readonly done: PromiseWithResolvers<void>;
}

/**
 * Writes a group. What is refused because of some rows of it is written one caller at a time, then in halves, so that only
 * these rows are lost: their caller gets RowsRefused, or what the engine said where not one of its rows was taken.
 */
export async function writeGroup(
  write: WriteRows,
  table: RowTable,
  group: readonly Written[],
): Promise<void> {
  try {
    await write(
      table,
      group.map(({ rows }) => rows.bytes),
    );
    for (const { done } of group) done.resolve();
  } catch (error) {
    if (!isRefusal(error)) for (const { done } of group) done.reject(error);
    else if (group.length > 1) for (const each of group) await writeGroup(write, table, [each]);
    else
      for (const { rows, done } of group)
        await writeParts(write, rows, error).then(done.resolve, done.reject);
  }
}

const isRefusal = (error: unknown): boolean =>
  error instanceof CulpritError && error.code === 'store_failed';

/** So many rows are tried one by one before all are taken for refused, when not one was taken. */
const ATTEMPTS = 16;

async function writeParts(write: WriteRows, rows: EncodedRows, whole: unknown): Promise<void> {
  let refused = 0;
  let taken = 0;
  let why = whole;
  const tryRange = async (from: number, to: number): Promise<void> => {
    if (taken === 0 && refused >= ATTEMPTS) {
      refused += to - from;
      return;
    }
    try {
      const bytes = rows.bytes.subarray(from === 0 ? 0 : rows.ends[from - 1], rows.ends[to - 1]);
      await write(rows.table, [bytes]);
      taken += to - from;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      why = error;
      if (to - from === 1) refused++;
      else await halves(from, to);
    }
  };
  const halves = async (from: number, to: number): Promise<void> => {
    const middle = (from + to) >> 1;
    await tryRange(from, middle);
    await tryRange(middle, to);
  };
  if (rows.count > 1) await halves(0, rows.count);
  if (taken === 0) throw why;
  if (refused > 0) throw new RowsRefused(refused, why);
}
