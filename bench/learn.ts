import { readFileSync } from 'node:fs';
import { examineTrace } from '../src/detect/ask.ts';
import { detectOptions, firstPass } from '../src/detect/detect.ts';
import { fixedEmbedder } from '../src/embed/embed.ts';
import { callOf } from '../src/learn/bounds.ts';
import { fitModel } from '../src/learn/fit-model.ts';
import type { LearnRow } from '../src/learn/learn-row.ts';
import { scorerOf } from '../src/learn/scorer.ts';
import { tasksOf } from '../src/learn/tasks.ts';
import { vectorsOf } from '../src/learn/vectors.ts';
import { permutation, seedRandom } from '../src/numeric/random/random.ts';
import { areaUnderCurve } from '../src/numeric/statistics/area-under-curve.ts';
import { calibrationError } from '../src/numeric/statistics/calibration-error.ts';
import { type BenchTrace, readOpenBench } from './open-bench.ts';

/**
 * What models learned from drawn labels of the train half of the open bench say of the check half: tables for docs/learn.md,
 * and the time a trace takes.
 *
 * node bench/learn.ts [FOLDER]
 */
const LABELS = [50, 100, 200];
const DRAWS = 8;
const SOURCES = ['bfcl', 'agentdojo', 'financebench', 'xstest', 'halueval_general', 'faithbench'];
const SCORED = 300;

const asked = detectOptions({ scores: [], stepBudget: 50, policy: null });
const embedder = fixedEmbedder(
  readFileSync(new URL('../src/embed/static/model/minilm-l6-256.bin', import.meta.url)),
);

interface Halves {
  readonly facts: ReturnType<ReturnType<typeof firstPass>['finish']>;
  readonly train: readonly LearnRow[];
  readonly check: readonly LearnRow[];
}

async function measure(rows: readonly BenchTrace[]): Promise<void> {
  const gains = new Map<number, number[]>();
  const excess: number[] = [];
  const areas: string[] = [];
  const details: string[] = [];
  for (const source of SOURCES) {
    const halves = await halvesOf(rows.filter((row) => row.source === source));
    const truth = halves.check.map(({ failed }) => Number(failed));
    const rules = areaUnderCurve(
      halves.check.map(({ figures }) => figures['rules']!),
      truth,
    );
    const cells = LABELS.map((labels) => {
      const drawn = drawsOf(halves, labels);
      if (drawn.length === 0) return '–';
      const area = mean(drawn.map((draw) => draw.area));
      gains.set(labels, [...(gains.get(labels) ?? []), area - rules]);
      if (labels === 100) {
        details.push(detailRow(source, drawn));
        excess.push(mean(drawn.map(({ calibration: { error, chance } }) => error - chance)));
      }
      const used = drawn.filter(({ isUsed }) => isUsed).length;
      const effective = mean(drawn.map((draw) => (draw.isUsed ? draw.area : rules)));
      return `${digits(area)} ± ${digits(spread(drawn.map((draw) => draw.area)))}; ${used} of ${drawn.length}: ${digits(effective)}`;
    });
    areas.push(`| ${[source, digits(rules), ...cells].join(' | ')} |`);
  }
  console.log(
    `| application | detectors | ${LABELS.map((labels) => `${labels} labels`).join(' | ')} |`,
  );
  console.log(`| --- | --- |${LABELS.map(() => ' --- |').join('')}`);
  console.log(areas.join('\n'));
  for (const [labels, of] of gains)
    console.log(
      `mean gain at ${labels} labels: ${digits(mean(of))}, least ${digits(Math.min(...of))}`,
    );
  console.log(
    `calibration error above chance at 100 labels: ${digits(mean(excess))}, most ${digits(Math.max(...excess))}\n`,
  );
  console.log(
    '| application | calibration error (chance) | recall at the precision of the detectors (theirs) | decided | precision of suspect | failed called sound | sound called suspect |',
  );
  console.log('| --- | --- | --- | --- | --- | --- | --- |');
  console.log(details.join('\n'));
  await time(rows.filter(({ half }) => half === 'check'));
}

async function halvesOf(rows: readonly BenchTrace[]): Promise<Halves> {
  const half = async (name: BenchTrace['half']): Promise<LearnRow[]> => {
    const own = rows.filter((row) => row.half === name);
    const facts = factsOf(own);
    const tasks = tasksOf(own.map(({ trace }) => trace));
    const vectors = await vectorsOf(
      own.map(({ trace }) => trace),
      embedder,
    );
    return own.map(({ trace, failed }, row) => ({
      task: tasks[row]!,
      failed,
      figures: examineTrace({ ...trace, metadata: {} }, asked, facts).figures,
      vector: vectors[row]!,
    }));
  };
  const facts = factsOf(rows.filter(({ half: of }) => of === 'train'));
  return { facts, train: await half('train'), check: await half('check') };
}

/** Each half is a file of its own. */
function factsOf(rows: readonly BenchTrace[]): Halves['facts'] {
  const first = firstPass(asked);
  first.add(rows.map(({ trace }) => trace));
  return first.finish();
}

/** Models from labels drawn at random, each measured on the check half. */
function drawsOf({ facts, train, check }: Halves, labels: number) {
  const truth = check.map(({ failed }) => Number(failed));
  return Array.from({ length: DRAWS }, (_, draw) => draw).flatMap((draw) => {
    if (train.length < labels) return [];
    const drawn = [...permutation(train.length, seedRandom(draw, labels))].slice(0, labels);
    const rows = drawn.map((row) => train[row]!);
    const failed = rows.filter((row) => row.failed).length;
    if (Math.min(failed, labels - failed) < 15) return [];
    const { card, bounds, ...model } = fitModel({
      rows,
      source: { kind: 'people', name: 'gold' },
      facts,
      options: { stepBudget: 50, policy: null },
      culprit: '',
      detectors: [],
      embedder: embedder.id,
      seed: 42,
    });
    const score = scorerOf({ card, bounds, ...model });
    const p = check.map(({ figures, vector }) => score(figures, vector));
    const calls = p.map((each) => (bounds === null ? 'unsure' : callOf(each, bounds)));
    return {
      area: areaUnderCurve(p, truth),
      isUsed: card.state !== 'no_saving',
      calibration: calibrationError(p, truth, 1),
      recall: recallAtRules(p, check),
      decided: share(calls, (call) => call !== 'unsure'),
      precision: share(
        check.filter((_, row) => calls[row] === 'suspect'),
        (row) => row.failed,
      ),
      missed: share(
        calls.filter((_, row) => check[row]!.failed),
        (call) => call === 'sound',
      ),
      alarmed: share(
        calls.filter((_, row) => !check[row]!.failed),
        (call) => call === 'suspect',
      ),
    };
  });
}

/** Recall at the precision that the rules have, and their own. */
function recallAtRules(
  p: readonly number[],
  check: readonly LearnRow[],
): readonly [number, number] {
  const flagged = check.filter(({ figures }) => figures['rules'] === 1);
  const precision = share(flagged, ({ failed }) => failed);
  const all = check.filter(({ failed }) => failed).length;
  const order = [...check.keys()].sort((a, b) => p[b]! - p[a]!);
  let hits = 0;
  let most = 0;
  for (const [index, row] of order.entries()) {
    hits += Number(check[row]!.failed);
    if (hits / (index + 1) >= precision) most = hits;
  }
  return [most / all, flagged.filter(({ failed }) => failed).length / all];
}

function detailRow(source: string, drawn: ReturnType<typeof drawsOf>): string {
  const of = (value: (draw: (typeof drawn)[number]) => number): string =>
    digits(mean(drawn.map(value)));
  return `| ${[
    source,
    `${of(({ calibration }) => calibration.error)} (${of(({ calibration }) => calibration.chance)})`,
    `${of(({ recall }) => recall[0])} (${of(({ recall }) => recall[1])})`,
    of(({ decided }) => decided),
    of(({ precision }) => precision),
    of(({ missed }) => missed),
    of(({ alarmed }) => alarmed),
  ].join(' | ')} |`;
}

/** Time of the process for detectors, figures and vectors of single traces, which other processes do not change. */
async function time(rows: readonly BenchTrace[]): Promise<void> {
  const traces = [...permutation(rows.length, seedRandom(1))]
    .slice(0, SCORED)
    .map((row) => rows[row]!.trace);
  const spent = { examine: [] as number[], vectors: [] as number[] };
  for (const trace of traces) {
    const start = process.cpuUsage();
    examineTrace(trace, asked, null);
    spent.examine.push(milliseconds(process.cpuUsage(start)));
    const examined = process.cpuUsage();
    await vectorsOf([trace], embedder);
    spent.vectors.push(milliseconds(process.cpuUsage(examined)));
  }
  for (const [name, of] of Object.entries(spent)) {
    const sorted = of.toSorted((a, b) => a - b);
    console.log(
      `${name}: median ${digits(sorted[SCORED / 2]!)} ms, p95 ${digits(sorted[Math.floor(0.95 * SCORED)]!)} ms a trace`,
    );
  }
}

const milliseconds = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1_000;
const share = <Item>(items: readonly Item[], isCounted: (item: Item) => boolean): number =>
  items.filter(isCounted).length / items.length;
const mean = (values: readonly number[]): number => {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
};
const spread = (values: readonly number[]): number =>
  Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));
const digits = (value: number): string => value.toFixed(3);

const bench = await readOpenBench(process.argv[2]);
if (bench === null) console.log('the open bench is not next to this repository; nothing measured');
else await measure(bench);
