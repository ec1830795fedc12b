import { assigner } from '../../cause/cause.ts';
import type { Analysis } from '../../contract/analysis.ts';
import type { Cluster } from '../../contract/cluster.ts';
import type { FactSet } from '../../contract/condition.ts';
import { meets } from '../../contract/condition.ts';
import type { Diff } from '../../contract/diff.ts';
import type { Ledger } from '../../contract/ledger.ts';
import type { Signal } from '../../contract/signal.ts';
import { countedRate, type Rate, rateOf } from '../../rate/rate.ts';
import { causeKey, causePath, NO_CAUSE } from '../../text/cause.ts';
import { AFTER, type Sides } from '../sides/sides.ts';
import { attributeDifferences } from './attribute-differences.ts';
import { type ComparedCause, causeChanges } from './cause-changes.ts';
import type { ComparedRun } from './compare.ts';
import { completed } from './completed.ts';
import { describeSide, figuresOf, noRatesFor } from './figures.ts';

/** Row of what no cause explains. */
const REST = 'c-unassigned';

/** What an earlier record knows of one of its failures: the path of its likeliest cause. */
interface Known {
  readonly traceId: string;
  readonly cluster: string | null;
  readonly weight: number;
  readonly facts: FactSet;
}

/**
 * What changed since an earlier analysis. New failures belong to the first of its causes whose condition they meet, by its
 * own facts of the file. What fits none is grouped by the causes that detectors name in the new input; the rest is one row.
 * @param record the earlier analysis.
 * @param run the analysis of the new input, read by the facts of the record.
 */
export function compareAgainst(record: Analysis, { analysis: fresh, detected }: ComparedRun): Diff {
  const ledger = detected.ledger!;
  const [recordName, freshName] = ['the earlier run', 'the new traces'];
  const noRates = noRatesFor(record.options) ?? noRatesFor(fresh.options);
  const sides: Sides = {
    ...{ by: 'run', before: recordName, after: freshName, remarks: [] },
    of: new Int8Array(ledger.rows).fill(AFTER),
  };
  const eligible = record.funnel.find(({ name }) => name === 'eligible')?.count ?? 0;
  const isWhole = record.failures.length >= record.failedCount;
  const typical = isWhole ? 1 : record.failedCount / Math.max(1, record.failures.length);
  const known = record.failures.map(knownOf);
  const isConditional = new Set(
    record.clusters.filter(({ condition }) => condition !== null).map(({ id }) => id),
  );
  const rateBefore = (of: readonly Known[]): Rate =>
    isWhole
      ? countedRate(of.length, eligible)
      : rateOf(
          of.map(({ weight }) => weight),
          eligible,
          typical,
        );

  const rowsOf = new Map<Cluster, number[]>();
  const add = (cluster: Cluster, row: number): void => {
    const rows = rowsOf.get(cluster) ?? [];
    rows.push(row);
    rowsOf.set(cluster, rows);
  };
  // A cause that the record knew by the same condition is no new one.
  const added = fresh.clusters.filter(isNamedByDetector);
  const both = [...record.clusters, ...added];
  const assign = assigner(both);
  const rest: number[] = [];
  for (const { row, facts } of ledger.failures) {
    const found = both[assign(facts)];
    if (found === undefined) rest.push(row);
    else add(found, row);
  }

  const open = known.filter(({ cluster }) => cluster === null || !isConditional.has(cluster));
  const taken = new Set<Known>();
  const causeOf = (
    cluster: Pick<Cluster, 'id' | 'title' | 'category' | 'layer' | 'severity'>,
    before: readonly Known[],
    rows: readonly number[],
    isNamed = true,
  ): ComparedCause => ({
    ...{ cluster, isNamed, isEstimate: !isWhole, rows },
    rates: [rateBefore(before), countedRate(rows.length, ledger.rows)],
    exemplars: [exemplars(before.map(({ traceId }) => traceId)), exemplars(idsOf(rows, ledger))],
  });
  const causes: ComparedCause[] = record.clusters
    .filter(({ id }) => isConditional.has(id))
    .map((cluster) =>
      causeOf(
        cluster,
        known.filter((each) => each.cluster === cluster.id),
        rowsOf.get(cluster) ?? [],
      ),
    );
  const names = new Set(record.clusters.map(({ id }) => id));
  for (const cluster of added) {
    const rows = rowsOf.get(cluster) ?? [];
    if (rows.length === 0) continue;
    const before = open.filter((each) => !taken.has(each) && meets(cluster.condition!, each.facts));
    for (const each of before) taken.add(each);
    const id = names.has(cluster.id) ? `${cluster.id}-new` : cluster.id;
    causes.push(causeOf({ ...cluster, id }, before, rows));
  }
  const unassigned = open.filter((each) => !taken.has(each));
  if (unassigned.length + rest.length > 0) causes.push(causeOf(UNASSIGNED, unassigned, rest, true));

  const differencesOf = (rows: readonly (readonly number[])[]) =>
    attributeDifferences(rows, ledger, sides);
  const { changes, tested } = causeChanges(causes, { noRates, differencesOf });
  const idOfRow = new Map<string, string>();
  for (const cause of causes)
    for (const id of idsOf(cause.rows, ledger)) idOfRow.set(id, cause.cluster.id);
  const before = figuresOf(countedRate(record.failedCount, eligible), noRates);
  return completed({
    ...{ toolVersion: fresh.toolVersion, by: 'run', noRates, tested, causes: changes },
    before: {
      ...{ name: recordName, traces: eligible, failed: record.failedCount },
      ratePerThousand: before.ratePerThousand,
      rateInterval: before.rateInterval,
      firstSeen: record.traffic.firstSeen,
      lastSeen: record.traffic.lastSeen,
    },
    after: describeSide(AFTER, freshName, ledger, sides.of, noRates),
    mix: [],
    sampleRatio: null,
    failures: fresh.failures.map(({ traceId }) => ({
      ...{ traceId, side: 'after' as const, cause: idOfRow.get(traceId) ?? null },
    })),
    remarks: [
      'rates are raw: the record of a run does not hold the traffic of its traces',
      ...(isWhole
        ? []
        : ['the rates of the earlier run are estimated from the failures that its record holds']),
    ],
  });
}

const UNASSIGNED: Pick<Cluster, 'id' | 'title' | 'category' | 'layer' | 'severity'> = {
  id: REST,
  title: 'Failures that fit no cause of the earlier run',
  category: 'unexplained',
  layer: 'unknown',
  severity: null,
};

const MOST_EXEMPLARS = 5;
const exemplars = (ids: readonly string[]): readonly string[] => ids.slice(0, MOST_EXEMPLARS);

/** Only what detectors say of a failure is in the record, so only such causes can be looked for in it. */
const isNamedByDetector = ({ state }: Cluster): boolean => state === 'detector';

function knownOf({
  traceId,
  cluster,
  weight,
  signals,
  category,
}: Analysis['failures'][number]): Known {
  const cause =
    category === null ? null : (signals.find((each) => each.category === category) ?? null);
  return { traceId, cluster, weight, facts: causeFacts(cause) };
}

function causeFacts(cause: Signal | null): FactSet {
  if (cause === null) return new Map([[NO_CAUSE, null]]);
  const path = causePath(cause);
  return new Map(path.map((_, at) => [causeKey(path.slice(0, at + 1)), null]));
}

function idsOf(rows: readonly number[], ledger: Ledger): readonly string[] {
  const wanted = new Set(rows);
  return ledger.failures.flatMap(({ row, id }) => (wanted.has(row) ? [id] : []));
}
