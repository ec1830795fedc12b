import type { Cluster } from '../../contract/cluster.ts';
import type { Ledger } from '../../contract/ledger.ts';
import { nextFloat, seedRandom } from '../../numeric/random/random.ts';
import { causeKey } from '../../text/cause.ts';
import { hash53 } from '../../text/hash.ts';
import { sentence } from '../../text/statement.ts';
import type { ComparedRun } from '../compare/compare.ts';
import type { Sides } from '../sides/sides.ts';

/** So many traces of one tenant on one side, with the rate of each cause. */
export interface Part {
  readonly side: 0 | 1;
  readonly tenant: string | null;
  readonly traces: number;
  readonly rates: readonly number[];
  /** Values of one more attribute, drawn by these chances where the trace fails and where it does not. */
  readonly region?: { readonly failed: number; readonly passed: number };
}

const pathOf = (cause: number): readonly string[] => [`kind_${cause}`];

/** A cause that a detector names, with a condition, as the record of a run has it. */
const simulatedCluster = (cause: number): Cluster =>
  ({
    id: `c-0000000${cause % 10}${Math.floor(cause / 10)}`,
    title: `Cause ${cause}`,
    category: `kind_${cause}`,
    layer: 'unknown',
    severity: 3,
    state: 'detector',
    leftover: null,
    exemplars: [],
    condition: {
      atoms: [
        {
          fact: {
            ...{ key: causeKey(pathOf(cause)), kind: 'cause', role: 'cause', weight: 0 },
            ...{ grouped: false, statement: sentence('') },
          },
          ...{ least: null, most: null },
        },
      ],
    },
  }) as unknown as Cluster;

/** Traces that fail by chance, each by one cause at most; none of the failures is in the sample. */
export function simulated(
  parts: readonly Part[],
  seed: number,
): { readonly run: ComparedRun; readonly sides: Sides } {
  const random = seedRandom(seed);
  const rows = parts.flatMap((part) => Array.from({ length: part.traces }, () => part));
  const tenants = [...new Set(rows.map(({ tenant }) => tenant))].filter((each) => each !== null);
  const causeOf = rows.map(({ rates }) => {
    let place = nextFloat(random);
    return rates.findIndex((rate) => {
      place -= rate;
      return place < 0;
    });
  });
  const region = rows.map((part, row) => {
    const chance = causeOf[row]! >= 0 ? part.region?.failed : part.region?.passed;
    return chance !== undefined && nextFloat(random) < chance ? 0 : -1;
  });
  const ledger: Ledger = {
    ...{ eligible: rows.length, rows: rows.length, tooMany: [], lists: [], scores: [] },
    startTime: new Float64Array(rows.length).fill(Number.NaN),
    failed: Uint8Array.from(causeOf, (cause) => Number(cause >= 0)),
    inputs: rows.map(() => ''),
    columns: [
      { name: 'metadata.region', values: ['north'], at: Int32Array.from(region) },
      {
        name: 'tenant',
        values: tenants,
        at: Int32Array.from(rows, ({ tenant }) => (tenant === null ? -1 : tenants.indexOf(tenant))),
      },
    ],
    failures: causeOf.flatMap((cause, row) =>
      cause < 0
        ? []
        : [
            {
              ...{ row, id: `t${row}` },
              facts: { facts: [hash53(causeKey(pathOf(cause)))], measured: [], quantities: [] },
            },
          ],
    ),
  };
  const causes = Math.max(...parts.map(({ rates }) => rates.length));
  const analysis = {
    toolVersion: '0',
    clusters: Array.from({ length: causes }, (_, cause) => simulatedCluster(cause)),
    failures: [],
    judging: null,
    options: { all: false, scores: [] },
  } as unknown as ComparedRun['analysis'];
  return {
    run: { analysis, detected: { ledger } },
    sides: {
      ...{ by: 'promptVersion', before: 'v1', after: 'v2', remarks: [] },
      of: Int8Array.from(rows, ({ side }) => side),
    },
  };
}
