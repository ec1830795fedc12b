/**
 * What the comparison of two groups promises, by simulation: false alarms among halves of one population, planted growth,
 * planted shifts of the traffic, and its processor time.
 *
 *   node bench/diff.ts [--splits 1000] [--reclustered 20] file...
 *
 * Each file is analyzed once; its assignments are then split into random halves, seed by seed. `--reclustered` halves are
 * analyzed anew, as two inputs.
 */
import { parseArgs } from 'node:util';
import type { Ledger } from '../src/contract/ledger.ts';
import { resolveOptions } from '../src/contract/options.ts';
import type { Trace } from '../src/contract/trace.ts';
import { diff, readTraces } from '../src/culprit.ts';
import { embedder } from '../src/embed/embed.ts';
import { nextFloat, seedRandom } from '../src/numeric/random/random.ts';
import { analyze } from '../src/pipeline.ts';
import { readAsset } from '../src/platform/package-file.ts';
import { openInput } from '../src/platform/trace-input.ts';
import type { ComparedRun } from '../src/watch/compare/compare.ts';
import { type Part, simulated } from '../src/watch/testing/simulated.ts';
import { compareSides } from '../src/watch/watch.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    splits: { type: 'string', default: '1000' },
    reclustered: { type: 'string', default: '0' },
  },
});
const [splits, reclustered] = [Number(values.splits), Number(values.reclustered)];
const NO_RATIO = { expectedShare: null };
const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;

const seconds = (since: NodeJS.CpuUsage): string => {
  const { user, system } = process.cpuUsage(since);
  return `${((user + system) / 1e6).toFixed(2)} s CPU`;
};

/** A random half of the traces before, the others after. */
function halves(rows: number, seed: number): Int8Array {
  const random = seedRandom(seed);
  return Int8Array.from({ length: rows }, () => Number(nextFloat(random) < 0.5));
}

const sidesOf = (of: Int8Array) => ({
  ...{ by: 'half', before: 'one half', after: 'the other', remarks: [], of },
});

const isAlarm = ({ state }: { readonly state: string }): boolean =>
  state !== 'same' && state !== 'cannot tell';

async function analyzed(file: string): Promise<ComparedRun> {
  const absent = (): never => {
    throw new Error('only the static embedder is needed');
  };
  const sources = { openai: absent, transformers: absent };
  const model = await embedder('static', {
    ...sources,
    staticModel: () => readAsset('static-model'),
  });
  const parts = { embedder: model, detectors: [], version: 'bench', ledger: { by: null } };
  return analyze(await openInput(file), resolveOptions({}), parts);
}

/** Without the requests, whose groups do not change the states. */
const withoutInputs = (run: ComparedRun): ComparedRun => {
  const ledger: Ledger = {
    ...run.detected.ledger!,
    inputs: run.detected.ledger!.inputs.map(() => ''),
  };
  return { ...run, detected: { ledger } };
};

for (const file of positionals) {
  const start = process.cpuUsage();
  const run = await analyzed(file);
  const { rows, failures } = run.detected.ledger!;
  console.log(`${file}: ${rows} traces, ${failures.length} failed; analysis ${seconds(start)}`);
  const once = process.cpuUsage();
  const { causes, tested } = compareSides(run, sidesOf(halves(rows, 0)), NO_RATIO);
  console.log(`  one comparison ${seconds(once)}; ${causes.length} causes, ${tested} tested`);
  const bare = withoutInputs(run);
  let alarms = 0;
  for (let seed = 1; seed <= splits; seed += 1)
    if (compareSides(bare, sidesOf(halves(rows, seed)), NO_RATIO).causes.some(isAlarm)) alarms += 1;
  console.log(`  ${splits} random halves: a false alarm in ${percent(alarms / splits)}`);

  if (reclustered === 0) continue;
  const traces: Trace[] = [];
  for await (const trace of readTraces(file)) traces.push(trace);
  let again = 0;
  for (let seed = 1; seed <= reclustered; seed += 1) {
    // Four fifths of the traces, so that the causes are not the same each time.
    const random = seedRandom(seed, 1);
    const drawn = traces.filter(() => nextFloat(random) < 0.8);
    const half = halves(drawn.length, seed);
    const side = (wanted: number) => drawn.filter((_, row) => half[row] === wanted);
    const found = await diff({ before: side(0), after: side(1) }, {});
    if (found.diff.causes.some(isAlarm)) again += 1;
  }
  console.log(`  ${reclustered} halves clustered anew: a false alarm in ${again}`);
}

const TRIALS = 1_000;

/** Share of the trials for which it holds. */
function shareOf(
  parts: readonly Part[],
  holds: (diff: ReturnType<typeof compareSides>) => boolean,
): string {
  let found = 0;
  for (let seed = 1; seed <= TRIALS; seed += 1) {
    const { run, sides } = simulated(parts, seed);
    if (holds(compareSides(run, sides, NO_RATIO))) found += 1;
  }
  return percent(found / TRIALS);
}

const others = new Array<number>(19).fill(0.02);
for (const traces of [2_200, 4_400]) {
  const parts: Part[] = [
    { side: 0, tenant: null, traces, rates: [0.02, ...others] },
    { side: 1, tenant: null, traces, rates: [0.04, ...others] },
  ];
  const first = (found: ReturnType<typeof compareSides>) =>
    found.causes.find(({ title }) => title === 'Cause 0')?.state === 'grown';
  console.log(
    `2% → 4% among 20 causes, ${traces} traces a side: found in ${shareOf(parts, first)}`,
  );
}

const shift: Part[] = [
  { side: 0, tenant: 'calm', traces: 3_200, rates: [0.01, ...others] },
  { side: 0, tenant: 'busy', traces: 800, rates: [0.08, ...others] },
  { side: 1, tenant: 'calm', traces: 1_800, rates: [0.01, ...others] },
  { side: 1, tenant: 'busy', traces: 2_200, rates: [0.08, ...others] },
];
const told = shareOf(shift, ({ causes }) => {
  const cause = causes.find(({ title }) => title === 'Cause 0')!;
  const standardized = cause.standardized.find(({ by }) => by === 'tenant')!;
  return cause.state === 'grown' && standardized.q >= 0.05;
});
console.log(
  `shift of the traffic, same rates within tenants: raw fires and standardized does not in ${told}`,
);
