import { expect, test } from 'vitest';
import { CulpritError } from '../../contract/culprit-error.ts';
import type { EncodedRows } from './row-batch.ts';
import { type WriteRows, writeGroup } from './write-rows.ts';

const BAD = 66;

/** Rows of one byte each. */
const rows = (...bytes: number[]): EncodedRows => ({
  ...{ table: 'records', count: bytes.length, bytes: Uint8Array.from(bytes) },
  keys: new Float64Array(bytes.length),
  ends: Uint32Array.from(bytes, (_, at) => at + 1),
});

/** A store that refuses an insert with a bad row in it, as the engine does. */
function store() {
  const stored: number[] = [];
  let inserts = 0;
  const write: WriteRows = async (_, chunks) => {
    inserts++;
    const bytes = chunks.flatMap((chunk) => [...chunk]);
    if (bytes.includes(BAD)) throw new CulpritError('store_failed', 'cannot read row');
    stored.push(...bytes);
  };
  return { stored, write, inserts: () => inserts };
}

const writeAll = (write: WriteRows, ...callers: EncodedRows[]) => {
  const group = callers.map((each) => ({ rows: each, done: Promise.withResolvers<void>() }));
  void writeGroup(write, 'records', group);
  return Promise.allSettled(group.map(({ done }) => done.promise));
};

test('of rows that are refused only these are lost, and their caller hears how many', async () => {
  const { stored, write } = store();
  const many = Array.from({ length: 50 }, (_, at) => (at === 7 || at === 31 ? BAD : at));
  const results = await writeAll(write, rows(101, 102), rows(...many), rows(103));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(results[1]).toMatchObject({
    reason: { code: 'store_failed', count: 2, message: '2 rows were refused: cannot read row' },
  });
  expect(stored.sort((a, b) => a - b)).toEqual([
    ...many.filter((row) => row !== BAD),
    ...[101, 102, 103],
  ]);
});

test('where nothing is taken, the engine is at fault, and is not asked without end', async () => {
  const { write, inserts } = store();
  const [result] = await writeAll(write, rows(...Array.from({ length: 5000 }, () => BAD)));
  expect(result).toMatchObject({ reason: { code: 'store_failed', message: 'cannot read row' } });
  expect(inserts()).toBeLessThan(60);
});

test('an engine that goes away half-way is no refusal', async () => {
  let left = 2;
  const write: WriteRows = async () => {
    throw new CulpritError(left-- > 0 ? 'store_failed' : 'store_unavailable', 'gone');
  };
  const [result] = await writeAll(write, rows(1, 2, 3));
  expect(result).toMatchObject({ reason: { code: 'store_unavailable' } });
});
