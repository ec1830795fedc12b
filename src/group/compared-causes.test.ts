import { expect, test } from 'vitest';
import type { FactColumn } from '../contract/fact.ts';
import type { PopulationRow } from '../contract/fact-rows.ts';
import { permutation, seedRandom } from '../numeric/random/random.ts';
import { factRow } from '../text/fact-row.ts';
import { hash53 } from '../text/hash.ts';
import { sentence } from '../text/statement.ts';
import { comparedCauses } from './compared-causes.ts';

const column = (key: string, kind = key): FactColumn => ({
  key,
  kind,
  role: 'act',
  weight: 1,
  grouped: true,
  statement: sentence(key),
});
const NOISE = Array.from({ length: 12 }, (_, at) => `noise ${at}`);
const COLUMNS = new Map(['loop', ...NOISE].map((key) => [hash53(key), column(key)]));

/** 200 traces: the last 30 loop. Of the others 60 failed by their outcome, whatever they did. */
function population(loop: { readonly failed: boolean; readonly outcome: boolean }) {
  return Array.from({ length: 200 }, (_, row): PopulationRow => {
    const loops = row >= 170;
    const noise = [...permutation(12, seedRandom(3, row)).slice(0, 5)].map((at) => NOISE[at]!);
    const failed = loops ? loop.failed : row % 17 < 6;
    return {
      ...factRow(new Map([...noise, ...(loops ? ['loop'] : [])].map((key) => [key, null]))),
      id: `t${row}`,
      failed,
      outcome: loops ? loop.outcome : failed,
      unexplained: false,
      traits: { promptVersion: null, release: null, model: null, tenant: null, startTime: null },
    };
  });
}

function causesOf(rows: readonly PopulationRow[], columns = COLUMNS) {
  const failed = rows.filter((row) => row.failed);
  const input = {
    vectors: new Float32Array(failed.length).fill(1),
    dimensions: 1,
    causes: failed.map(() => null),
    facts: {
      rows: failed,
      weights: failed.map(() => 1),
      claimed: failed.map(() => false),
      categories: failed.map(() => null),
      severityOf: () => 3,
      population: { rows, columns, isComplete: true },
      eligible: rows.length,
      compare: true,
    },
  };
  return comparedCauses(input, [...failed.keys()], true, 1).medium.flatMap(({ cause }) =>
    cause === null ? [] : [cause],
  );
}

const namesOf = (rows: readonly PopulationRow[]) =>
  causesOf(rows).map(({ state, condition }) => ({ state, key: condition.atoms[0]!.fact.key }));

test.each([
  { kind: 'act', mayLead: true },
  { kind: 'symptom', mayLead: false },
])('a tested cause of facts of the kind $kind may come first: $mayLead', ({ kind, mayLead }) => {
  const columns = new Map(COLUMNS).set(hash53('loop'), column('loop', kind));
  const causes = causesOf(population({ failed: true, outcome: true }), columns);
  const loop = causes.find(({ condition }) => condition.atoms[0]!.fact.key === 'loop');
  expect(loop).toMatchObject({ state: 'tested', mayLead });
});

test('a fact by which outcomes failed is a tested cause', () => {
  expect(namesOf(population({ failed: true, outcome: true }))).toContainEqual({
    state: 'tested',
    key: 'loop',
  });
});

test('a fact that itself makes traces count as failed, in spite of their outcome, is not tested by them', () => {
  expect(namesOf(population({ failed: true, outcome: false }))).toEqual([]);
});

test('where outcomes name only failures, they are compared with all other traces', () => {
  const rows = population({ failed: true, outcome: true });
  const complaints = rows.map((row) => ({ ...row, outcome: row.outcome ? true : null }));
  expect(namesOf(complaints)).toContainEqual({ state: 'tested', key: 'loop' });
});
