/**
 * Facts and causes on the labelled collections, each half of a collection read as one file.
 *
 *     node bench/causes.ts --open DIR --fresh DIR --signals DIR [--half check] [--only NAME] [--titles]
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { FactSet } from '../src/contract/condition.ts';
import type { FactColumn } from '../src/contract/fact.ts';
import { factColumn } from '../src/detect/facts/fact.ts';
import { factSet, factsOf } from '../src/detect/facts/facts.ts';
import { failingFacts } from '../src/detect/facts/failing-facts.ts';
import { FileModel } from '../src/detect/file/file.ts';
import { starterMatcher } from '../src/detect/policy/matcher.ts';
import { Run } from '../src/detect/run/run.ts';
import { conditionStatement } from '../src/group/contrast/condition-statement.ts';
import { type Contrast, contrast } from '../src/group/contrast/contrast.ts';
import { adjustedMutualInformation, seededPermutation } from '../src/numeric/numeric.ts';
import { statementText } from '../src/text/statement.ts';
import { baselineSignals } from './baseline-signals.ts';
import { type BenchTrace, isKnownFailure, readOpenBench } from './open-bench.ts';
import type { Half } from './split.ts';

const { values: flags } = parseArgs({
  options: {
    open: { type: 'string', default: '/tmp/bench/open' },
    fresh: { type: 'string', default: '/tmp/bench/fresh' },
    signals: { type: 'string', default: '/tmp/baseline' },
    half: { type: 'string', multiple: true, default: ['train', 'check'] },
    only: { type: 'string', multiple: true },
    titles: { type: 'boolean', default: false },
    facts: { type: 'boolean', default: false },
    groups: { type: 'boolean', default: false },
    left: { type: 'boolean', default: false },
    detect: { type: 'boolean', default: false },
    shuffle: { type: 'string' },
    missed: { type: 'boolean', default: false },
  },
});

const options = { scores: [], stepBudget: 50, policy: starterMatcher() };

interface Prepared {
  readonly name: string;
  readonly half: Half;
  readonly rows: readonly BenchTrace[];
  readonly sets: readonly FactSet[];
  readonly columns: ReadonlyMap<string, FactColumn>;
  /** Kinds of the facts by which each trace failed, and whether a signal says so. */
  readonly failing: readonly (readonly string[])[];
  readonly signalled: readonly boolean[];
  readonly milliseconds: number;
}

const collections: Prepared[] = [];
const benchOf = new Map<string, 'open' | 'fresh'>();
for (const bench of ['open', 'fresh'] as const) {
  const rows = await readOpenBench(flags[bench]);
  const signals = baselineSignals(join(flags.signals, `${bench}.jsonl`));
  for (const [name, of] of Map.groupBy(rows ?? [], ({ source }) => source)) {
    benchOf.set(name, bench);
    if (flags.only !== undefined && !flags.only.includes(name)) continue;
    for (const half of flags.half as Half[]) {
      const own = of.filter((row) => row.half === half);
      if (own.length > 0) collections.push(prepare(name, half, own, signals));
    }
  }
}

function prepare(
  name: string,
  half: Half,
  rows: readonly BenchTrace[],
  signals: ReturnType<typeof baselineSignals>,
): Prepared {
  const started = performance.now();
  const runs = rows.map(({ trace }) => new Run(trace, options));
  const model = new FileModel();
  for (const run of runs) model.add(run);
  const file = model.freeze();
  const columns = new Map<string, FactColumn>();
  const failing: string[][] = [];
  const sets = runs.map((run) => {
    const facts = factsOf(run, file, signals.get(run.trace.id) ?? []);
    for (const fact of facts) {
      if (!columns.has(fact.key)) columns.set(fact.key, factColumn(fact));
    }
    failing.push(failingFacts(facts).map(({ kind }) => kind));
    return factSet(facts);
  });
  const milliseconds = (performance.now() - started) / rows.length;
  if (flags.facts)
    console.log(
      name,
      half,
      JSON.stringify({ ...file, shared: file.shared.cells.length, tools: file.tools.slice(0, 8) }),
    );
  const signalled = rows.map(({ trace }) =>
    (signals.get(trace.id) ?? []).some((signal) => signal.tier !== 'symptom'),
  );
  return { name, half, rows, sets, columns, failing, signalled, milliseconds };
}

interface Figures {
  readonly name: string;
  readonly half: Half;
  readonly failures: number;
  readonly known: number;
  readonly groups: number | null;
  readonly oneRest: number | null;
  readonly subgroups: number | null;
  readonly named: number;
  readonly tested: number;
  readonly found: Contrast;
}

function measure({ name, half, rows, sets, columns }: Prepared): Figures {
  const failed = rows.map((row) => row.failed);
  const found = contrast({ sets, columns, failed, seed: 1, outcomes: 'recorded' });
  const groupOf = new Map<number, string>();
  const failedRows = rows.flatMap((row, index) => (row.failed ? [index] : []));
  for (const [index, row] of failedRows.entries()) groupOf.set(row, `g${found.groups[index]}`);
  const causeOf = new Map<number, string>();
  for (const [index, cause] of found.causes.entries()) {
    for (const row of cause.members) causeOf.set(row, `c${index}`);
  }
  const score = (label: (row: number) => string): number | null => {
    const known = failedRows.filter((row) => isKnownFailure(rows[row]!));
    const truth = known.map((row) => rows[row]!.rootCause ?? '');
    if (new Set(truth).size < 2) return null;
    return adjustedMutualInformation(numbered(truth), numbered(known.map(label)));
  };
  const members = (causes: Contrast['causes']): number =>
    causes.reduce((sum, cause) => sum + cause.members.length, 0) / Math.max(1, failedRows.length);
  return {
    name,
    half,
    failures: failedRows.length,
    known: failedRows.filter((row) => isKnownFailure(rows[row]!)).length,
    groups: score((row) => groupOf.get(row) ?? ''),
    oneRest: score((row) => causeOf.get(row) ?? 'rest'),
    subgroups: score((row) => causeOf.get(row) ?? groupOf.get(row) ?? ''),
    named: members(found.causes),
    tested: members(found.causes.filter((cause) => cause.tested)),
    found,
  };
}

function numbered(labels: readonly string[]): Int32Array {
  const place = new Map([...new Set(labels)].map((label, index) => [label, index]));
  return Int32Array.from(labels, (label) => place.get(label) ?? 0);
}

const TEN = [
  'bfcl',
  'agentdojo',
  'financebench',
  'xstest',
  'faithbench',
  'trail',
  'tau_bench_airline',
  'recipe_agent_tool_logs',
  'recipe_agent_states',
  'hotpotqa_react',
];
const cell = (value: number | null): string =>
  (value === null ? '   –' : value.toFixed(3)).padStart(7);

if (flags.missed) {
  for (const { rows, failing, sets } of collections)
    for (const [row, { failed, trace, rootCause }] of rows.entries())
      if (failed && failing[row]!.length === 0)
        console.log(
          trace.id,
          rootCause,
          [...sets[row]!.keys()]
            .filter((key) => !/^(?:said|opening|ending|then|in_s|answer_|request_)/.test(key))
            .join('; ')
            .slice(0, 500),
        );
}
if (flags.detect) {
  detectionTable();
  process.exit(0);
}
if (flags.shuffle !== undefined) {
  falseDiscoveries(Number(flags.shuffle));
  process.exit(0);
}
for (const half of flags.half as Half[]) {
  console.log(
    `\n${half}: collection, known failures, AMI groups | named, rest one | named, subgroups | share named (tested) | k | facts ms, contrast ms per trace`,
  );
  const all: Figures[] = [];
  const firsts: { name: string; lead: Contrast['causes'][number] | null }[] = [];
  for (const prepared of collections.filter((each) => each.half === half)) {
    const started = performance.now();
    const figures = measure(prepared);
    const cost = (performance.now() - started) / prepared.rows.length;
    all.push(figures);
    console.log(
      prepared.name.padEnd(24),
      String(figures.known).padStart(5),
      cell(figures.groups),
      cell(figures.oneRest),
      cell(figures.subgroups),
      `  ${figures.named.toFixed(2)} (${figures.tested.toFixed(2)})`,
      String(new Set(figures.found.groups).size).padStart(3),
      prepared.milliseconds.toFixed(2),
      cost.toFixed(2),
    );
    const lead = leading(figures.found);
    firsts.push({ name: prepared.name, lead });
    if (flags.left) showLeft(prepared, figures.found);
    if (flags.groups) showGroups(prepared, figures.found);
    if (flags.titles) {
      for (const cause of figures.found.causes.slice(0, 5)) {
        const title = titleOf(cause);
        console.log(
          `      ${cause.tested ? 'tested' : `untested (${cause.toSettle})`} ${cause.failed} failed ${cause.passed} passed, ${cause.members.length} members, returns ${cause.returns.toFixed(1)}: ${title}`,
        );
      }
    }
  }
  const ten = all.filter(({ name }) => TEN.includes(name));
  const mean = (of: (figures: Figures) => number | null): string =>
    cell(ten.reduce((sum, each) => sum + (of(each) ?? 0), 0) / ten.length);
  console.log(
    'mean of ten'.padEnd(24),
    '     ',
    mean((f) => f.groups),
    mean((f) => f.oneRest),
    mean((f) => f.subgroups),
  );
  const failures = all.reduce((sum, { failures }) => sum + failures, 0);
  const share = (of: (figures: Figures) => number): string =>
    (all.reduce((sum, each) => sum + of(each) * each.failures, 0) / failures).toFixed(3);
  console.log(
    'fresh: share of failures named',
    shareOf(all.filter(({ name }) => benchOf.get(name) === 'fresh')),
    'open:',
    shareOf(all.filter(({ name }) => benchOf.get(name) === 'open')),
  );
  for (const { name, lead } of firsts)
    console.log(
      'first',
      name.padEnd(24),
      lead === null
        ? 'not claimed'
        : `${(lead.failed / (lead.failed + lead.passed)).toFixed(2)} failed of ${lead.failed + lead.passed}, ${lead.tested ? 'tested' : `too few, ${lead.toSettle} would settle it`}: ${titleOf(lead)}`,
    );
  console.log(
    'share of failures named',
    share((f) => f.named),
    'tested',
    share((f) => f.tested),
  );
}

function showGroups({ rows, sets }: Prepared, { groups }: Contrast): void {
  const failedRows = rows.flatMap((row, index) => (row.failed ? [index] : []));
  const byGroup = Map.groupBy(
    failedRows.map((row, index) => ({ row, group: groups[index]! })),
    ({ group }) => group,
  );
  for (const [group, of] of [...byGroup].sort((a, b) => b[1].length - a[1].length)) {
    const causes = Map.groupBy(of, ({ row }) => rows[row]!.rootCause);
    const keys = new Map<string, number>();
    for (const { row } of of)
      for (const key of sets[row]!.keys()) keys.set(key, (keys.get(key) ?? 0) + 1);
    const all = new Map<string, number>();
    for (const row of failedRows)
      for (const key of sets[row]!.keys()) all.set(key, (all.get(key) ?? 0) + 1);
    const top = [...keys]
      .map(([key, count]) => ({ key, f1: (2 * count) / (of.length + all.get(key)!) }))
      .sort((a, b) => b.f1 - a.f1)
      .slice(0, 4);
    console.log(
      `   group ${group} (${of.length}):`,
      [...causes].map(([cause, each]) => `${cause} ${each.length}`).join(', '),
      '<',
      top.map(({ key, f1 }) => `${key} ${f1.toFixed(2)}`).join('; '),
    );
  }
}

function showLeft({ rows, columns }: Prepared, { leftovers }: Contrast): void {
  const left = leftovers.flat();
  console.log(
    '   left',
    left.length,
    [...Map.groupBy(left, (row) => rows[row]!.rootCause)]
      .map(
        ([cause, each]) =>
          `${cause} ${each.length}/${rows.filter((row) => row.failed && row.rootCause === cause).length}`,
      )
      .join(', '),
  );
  console.log(
    '   facts',
    [...Map.groupBy(columns.values(), ({ role }) => role)]
      .map(([role, each]) => `${role} ${each.length}`)
      .join(', '),
  );
}

/** Failed or not without outcomes: by signals alone, by facts alone, by either. */
function detectionTable(): void {
  for (const half of flags.half as Half[]) {
    for (const bench of ['open', 'fresh'] as const) {
      const of = collections.filter(
        (each) => each.half === half && benchOf.get(each.name) === bench,
      );
      console.log(`\n${half} ${bench}: precision recall of signals | facts | either`);
      for (const each of of) console.log(each.name.padEnd(24), tally([each]));
      console.log('all'.padEnd(24), tally(of));
      const kinds = new Map<
        string,
        { hit: number; said: number; fresh: number; freshHit: number; sources: Map<string, string> }
      >();
      for (const { name, failing, rows, signalled } of of) {
        const local = new Map<string, [number, number]>();
        for (const [row, list] of failing.entries()) {
          if (!rows[row]!.reviewed) continue;
          for (const kind of list) {
            const count = kinds.get(kind) ?? {
              hit: 0,
              said: 0,
              fresh: 0,
              freshHit: 0,
              sources: new Map(),
            };
            const mine = local.get(kind) ?? [0, 0];
            count.said++;
            mine[1]++;
            if (rows[row]!.failed) {
              count.hit++;
              mine[0]++;
            }
            if (!signalled[row]) {
              count.fresh++;
              if (rows[row]!.failed) count.freshHit++;
            }
            kinds.set(kind, count);
            local.set(kind, mine);
            count.sources.set(name, `${mine[0]}/${mine[1]}`);
          }
        }
      }
      for (const [kind, { hit, said, fresh, freshHit, sources }] of kinds)
        console.log(
          '   ',
          kind.padEnd(18),
          `${hit}/${said} new ${freshHit}/${fresh}`,
          [...sources].map(([name, text]) => `${name} ${text}`).join(', '),
        );
    }
  }
}

function tally(of: readonly Prepared[]): string {
  const methods = [
    (each: Prepared, row: number) => each.signalled[row]!,
    (each: Prepared, row: number) => each.failing[row]!.length > 0,
    (each: Prepared, row: number) => each.signalled[row]! || each.failing[row]!.length > 0,
  ];
  return methods
    .map((said) => {
      let hits = 0;
      let yes = 0;
      let failed = 0;
      for (const each of of) {
        for (const [row, { failed: isFailed, reviewed }] of each.rows.entries()) {
          if (!reviewed) continue;
          if (isFailed) failed++;
          if (said(each, row)) {
            yes++;
            if (isFailed) hits++;
          }
        }
      }
      return `${(hits / yes).toFixed(2)} ${(hits / failed).toFixed(2)}`;
    })
    .join(' | ');
}

/** The whole chain on files whose outcomes were shuffled: any tested cause is false. */
function falseDiscoveries(times: number): void {
  let files = 0;
  let withTested = 0;
  let untested = 0;
  for (const { name, half, rows, sets, columns } of collections) {
    if (rows.every((row) => row.failed) || rows.length > 800) continue;
    let here = 0;
    for (let time = 0; time < times; time++) {
      const order = seededPermutation(rows.length, 77, time);
      const failed = [...order].map((row) => rows[row]!.failed);
      const { causes } = contrast({ sets, columns, failed, seed: time, outcomes: 'recorded' });
      files++;
      if (causes.some((cause) => cause.tested)) {
        withTested++;
        here++;
      }
      untested += causes.filter((cause) => !cause.tested).length;
    }
    console.log(name, half, `${here}/${times}`);
  }
  console.log(
    `${withTested} of ${files} shuffled files show a tested cause; ${(untested / files).toFixed(2)} untested causes a file`,
  );
}

/** The first cause, where one may be claimed. */
function leading({ causes }: Contrast): Contrast['causes'][number] | null {
  const [first] = causes;
  if (first === undefined || first.isStyle || (!first.tested && !first.byForm)) return null;
  return first.failed / (first.failed + first.passed) >= 0.85 ? first : null;
}

function shareOf(all: readonly Figures[]): string {
  return (
    all.reduce((sum, each) => sum + each.named * each.failures, 0) /
    all.reduce((sum, { failures }) => sum + failures, 0)
  ).toFixed(3);
}

function titleOf({ condition }: Contrast['causes'][number]): string {
  return statementText(conditionStatement(condition));
}
