import { expect, test } from 'vitest';
import { conditionSchema, type FactSet, meets } from '../../contract/condition.ts';
import type { FactColumn, FactRole } from '../../contract/fact.ts';
import { permutation, seedRandom } from '../../numeric/random/random.ts';
import { conditionStatement } from '../../text/condition-statement.ts';
import { conditionTest, factRow } from '../../text/fact-row.ts';
import { hash53 } from '../../text/hash.ts';
import { statementText, tool } from '../../text/statement.ts';
import { type ContrastInput, contrast } from './contrast.ts';

const column = (key: string, role: FactRole, says: string): FactColumn => ({
  key,
  kind: key,
  role,
  weight: role === 'form' ? 1.3 : 1,
  grouped: role !== 'size',
  statement: { template: says, slots: [tool('search')] },
});

const COLUMNS: ReadonlyMap<number, FactColumn> = new Map(
  [
    column('failed', 'form', '{0} failed'),
    column('empty', 'form', '{0} found nothing'),
    column('called', 'act', '{0} was called'),
    ...Array.from({ length: 12 }, (_, at) => column(`noise ${at}`, 'speech', `noise ${at}`)),
    column('length', 'size', 'the answer has {bound} characters'),
  ].map((each) => [hash53(each.key), each]),
);

/** Facts that hold now and then, by a permutation, and a length. */
function noise(row: number): [string, number | null][] {
  const draws = permutation(12, seedRandom(3, row));
  return [
    ...[...draws.slice(0, 5)].map((at): [string, null] => [`noise ${at}`, null]),
    ['length', 50 + ((row * 37) % 100)],
  ];
}

/** `failed` 40 rows, `empty` 30 rows, 10 failed for no known reason, 80 passed. */
function planted(): ContrastInput & { readonly sets: readonly FactSet[] } {
  const sets: FactSet[] = [];
  const failed: boolean[] = [];
  for (let row = 0; row < 160; row++) {
    const own: [string, number | null][] = noise(row);
    if (row < 40) own.push(['failed', null]);
    else if (row < 70) own.push(['empty', null], ['called', null]);
    else if (row % 2 === 0) own.push(['called', null]);
    sets.push(new Map(own));
    failed.push(row < 80);
  }
  return {
    sets,
    rows: sets.map(factRow),
    columns: COLUMNS,
    failed,
    seed: 1,
    outcomes: 'recorded',
  };
}

const titles = (input: ContrastInput): readonly string[] =>
  contrast(input).causes.map(({ condition }) => statementText(conditionStatement(condition)));

test('planted causes are found, tested, and named by what their members share', () => {
  const input = planted();
  const { causes, leftovers } = contrast(input);
  expect(titles(input)).toEqual(['`search` failed', '`search` found nothing']);
  expect(causes.map(({ failed, passed, tested }) => ({ failed, passed, tested }))).toEqual([
    { failed: 40, passed: 0, tested: true },
    { failed: 30, passed: 0, tested: true },
  ]);
  expect(leftovers.flat().sort((a, b) => a - b)).toEqual([70, 71, 72, 73, 74, 75, 76, 77, 78, 79]);
});

test('a condition that is written and read back has the same members', () => {
  const input = planted();
  for (const { condition, members, failed, passed } of contrast(input).causes) {
    const read = conditionSchema.parse(JSON.parse(JSON.stringify(condition)));
    const met = input.sets.flatMap((set, row) => (meets(read, set) ? [row] : []));
    expect(input.rows.flatMap((row, at) => (conditionTest(read)(row) ? [at] : []))).toEqual(met);
    expect(met).toHaveLength(failed + passed);
    expect(met).toEqual(expect.arrayContaining([...members]));
  }
});

test('a failure belongs to one cause at most', () => {
  const rows = contrast(planted()).causes.flatMap(({ members }) => members);
  expect(new Set(rows).size).toBe(rows.length);
});

test('a tested condition that too many passed traces meet is narrowed until it may come first', () => {
  const sets: FactSet[] = [];
  const failed: boolean[] = [];
  for (let row = 0; row < 200; row++) {
    // 48 traces refuse. 36 of them are short, of which 34 failed; of the other 12, 2 failed.
    const isShort = row < 36;
    const own: [string, number | null][] = [['length', isShort ? 20 + row : 200 + (row % 90)]];
    if (row < 48) own.push(['called', null]);
    sets.push(new Map([...noise(row).filter(([key]) => key !== 'length'), ...own]));
    failed.push(row < 34 || row === 40 || row === 44 || row % 19 === 0);
  }
  const { causes } = contrast({
    rows: sets.map(factRow),
    columns: COLUMNS,
    failed,
    seed: 1,
    outcomes: 'recorded',
  });
  const [first] = causes;
  expect(first?.condition.atoms.map(({ fact }) => fact.key)).toEqual(['called', 'length']);
  expect(first).toMatchObject({ tested: true, isStyle: false });
  expect(first!.failed).toBeGreaterThanOrEqual(0.85 * (first!.failed + first!.passed));
  expect(causes.some(({ condition: { atoms } }) => atoms.length === 1)).toBe(true);
});

test('shuffled outcomes show no tested cause', () => {
  const input = planted();
  const found = [1, 2, 3, 4].flatMap((stream) => {
    const failed = [...permutation(160, seedRandom(5, stream))].map(
      (row) => input.failed[row] === true,
    );
    return contrast({ ...input, failed }).causes.filter(({ tested }) => tested);
  });
  expect(found).toEqual([]);
});

test('an error by form in a few traces is shown as untested, with how many would settle it', () => {
  const sets: FactSet[] = Array.from(
    { length: 24 },
    (_, row) => new Map([...noise(row), ...(row < 4 ? [['failed', null] as const] : [])]),
  );
  const failed = sets.map((_, row) => row < 18);
  const [cause] = contrast({
    rows: sets.map(factRow),
    columns: COLUMNS,
    failed,
    seed: 1,
    outcomes: 'recorded',
  }).causes;
  expect(cause).toMatchObject({ failed: 4, passed: 0, tested: false, byForm: true });
  expect(cause?.toSettle).toBeGreaterThan(4);
});

test('without outcomes nothing is tested, and errors by form name the failures', () => {
  const { causes } = contrast({ ...planted(), outcomes: 'signals' });
  expect(causes.map(({ tested, failed }) => ({ tested, failed }))).toEqual([
    { tested: false, failed: 40 },
    { tested: false, failed: 30 },
  ]);
});

test('nothing failed, everything failed, and nothing at all give no tested cause', () => {
  const input = planted();
  for (const failed of [input.sets.map(() => false), input.sets.map(() => true)]) {
    expect(contrast({ ...input, failed }).causes.filter(({ tested }) => tested)).toEqual([]);
  }
  expect(contrast({ ...input, rows: [], failed: [] }).causes).toEqual([]);
});

test('the same input and seed give the same result', () => {
  expect(contrast(planted())).toEqual(contrast(planted()));
});

test('a bound is said in words', () => {
  const length = COLUMNS.get(hash53('length'))!;
  const atoms = [
    {
      fact: { ...length, statement: { template: length.statement.template, slots: [] } },
      least: 1487,
      most: null,
    },
  ];
  expect(statementText(conditionStatement({ atoms }))).toBe(
    'The answer has at least 1,487 characters',
  );
});
