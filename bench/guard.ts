import { guard } from '../src/culprit.ts';
import { permutation, seedRandom } from '../src/numeric/random/random.ts';
import { clopperPearson } from '../src/numeric/statistics/clopper-pearson.ts';
import { type BenchTrace, readOpenBench } from './open-bench.ts';

/**
 * What the starter rules of a guard say of the check half of the open bench, and how long one run takes: the time of the
 * process, which other processes do not change, and that of the clock. The figures of docs/guard.md.
 *
 * TRAIL is left out: its runs are spans, not records of a request or an answer.
 *
 * node bench/guard.ts [FOLDER]
 */
const RUNS = 1_500;
const WARM = 100;
/** The default, in milliseconds. It is not set here, so that findings do not depend on other processes. */
const DEADLINE = 50;
/** What vendors of hosted screens publish as their 95th percentile, in milliseconds. Nothing here measures it. */
const HOSTED = [50, 70] as const;

async function measure(rows: readonly BenchTrace[]): Promise<void> {
  const { ask } = await guard({ deadline: 60_000 });
  const policy = await guard({
    rules: [{ check: 'request_allowed', on: 'request' }],
    deadline: 60_000,
  });
  const drawn = [...permutation(rows.length, seedRandom(1))].slice(0, RUNS).map((at) => rows[at]!);
  const clock: number[] = [];
  const cpu: number[] = [];
  const counts = new Map<string, { failed: number; passed: number }>();
  for (const [index, { line, failed }] of [...drawn.slice(0, WARM), ...drawn].entries()) {
    const { scores: _, ...run } = JSON.parse(line) as Record<string, unknown>;
    const before = process.cpuUsage();
    const start = performance.now();
    const { shadow, findings } = await ask({ ...run, failed });
    const took = performance.now() - start;
    const { user, system } = process.cpuUsage(before);
    if (index < WARM) continue;
    clock.push(took);
    cpu.push((user + system) / 1_000);
    const forbidden = (await policy.ask(run)).findings.length > 0;
    const names = [
      `any: ${shadow}`,
      ...findings.map(({ category }) => category),
      ...(forbidden ? ['request_allowed (no starter rule)'] : []),
    ];
    for (const name of new Set(names)) {
      const of = counts.get(name) ?? { failed: 0, passed: 0 };
      of[failed ? 'failed' : 'passed'] += 1;
      counts.set(name, of);
    }
  }
  const all = { failed: drawn.filter(({ failed }) => failed).length, passed: 0 };
  all.passed = drawn.length - all.failed;
  console.log(`${drawn.length} runs, ${all.failed} failed\n`);
  console.log('| finding | of the failed | of the sound (95%) |\n| --- | --- | --- |');
  for (const [name, { failed, passed }] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [low, high] = clopperPearson(passed, all.passed);
    console.log(
      `| ${name} | ${share(failed / all.failed)} | ${share(passed / all.passed)} (${share(low)} to ${share(high)}) |`,
    );
  }
  console.log(`\nprocess: ${quantiles(cpu)}\nclock: ${quantiles(clock)}`);
  console.log(`hosted screens, as published: p95 ${HOSTED[0]} to ${HOSTED[1]} ms`);
  console.log(
    `longer than the deadline of ${DEADLINE} ms by the clock: ${clock.filter((ms) => ms > DEADLINE).length}`,
  );
}

const share = (value: number): string => `${(100 * value).toFixed(1)}%`;

function quantiles(values: number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (part: number): string => sorted[Math.floor(part * sorted.length)]!.toFixed(2);
  return `median ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms, most ${sorted.at(-1)!.toFixed(1)} ms`;
}

const bench = await readOpenBench(process.argv[2]);
if (bench === null) console.log('the open bench is not next to this repository; nothing measured');
else await measure(bench.filter(({ half, source }) => half === 'check' && source !== 'trail'));
