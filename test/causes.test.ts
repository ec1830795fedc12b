import { describe, expect, test } from 'vitest';
import type { Analysis } from '../src/contract/analysis.ts';
import { meets } from '../src/contract/condition.ts';
import { analyze, parseAnalysis, readTraces } from '../src/culprit.ts';
import { traceFacts } from '../src/detect/detect.ts';
import { type AgentRun, asChatLines, asCsv, asOtlp } from '../src/testing/agent-run.ts';
import { defaultOptions } from '../src/testing/trace.ts';

const DISHES = ['soup', 'stew', 'curry', 'salad', 'pie', 'pasta', 'roast', 'bread'] as const;

/** 24 runs whose search fails, 14 in which it finds nothing, 10 that fail for no visible reason, 72 that go well. */
const runs = (isJudged: boolean): readonly AgentRun[] =>
  Array.from({ length: 120 }, (_, at): AgentRun => {
    const dish = `${DISHES[at % 8]!} for ${2 + (at % 5)}`;
    const kind = at < 24 ? 'fails' : at < 38 ? 'empty' : 'works';
    const result =
      kind === 'fails'
        ? `Error: database connection failed after ${at} seconds`
        : kind === 'empty'
          ? { recipes: [] }
          : { recipes: [{ title: `${dish} with herbs`, minutes: 20 + at }] };
    return {
      id: (at + 1).toString(16).padStart(32, 'a'),
      request: `Please find a recipe: ${dish}`,
      steps: [{ tool: 'search_recipes', args: { query: dish }, result }],
      answer:
        kind === 'works'
          ? `Try the ${dish} with herbs, it takes ${20 + at} minutes.`
          : `Here is a good one: ${dish} as my aunt makes it.`,
      passed: isJudged ? at >= 48 : null,
    };
  });

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const analyzed = async (text: string): Promise<Analysis> =>
  (await analyze(bytes(text), { embedder: 'lexical' })).analysis;

const causesOf = ({ clusters }: Analysis) =>
  clusters.map(({ rank, title, size, state, meets }) => ({ rank, title, size, state, meets }));
const failuresOf = ({ failures }: Analysis): readonly string[] =>
  failures.map(({ traceId }) => traceId).sort();

describe.each([
  { name: 'with outcomes', isJudged: true },
  { name: 'without outcomes', isJudged: false },
])('the same runs $name', ({ isJudged }) => {
  const file = runs(isJudged);

  test('have the same failures, causes and ranks as chat lines, OTLP and CSV', async () => {
    const chat = await analyzed(asChatLines(file));
    expect(causesOf(chat).length).toBeGreaterThan(0);
    for (const text of [asOtlp(file), asCsv(file)]) {
      const other = await analyzed(text);
      expect(failuresOf(other)).toEqual(failuresOf(chat));
      expect(causesOf(other)).toEqual(causesOf(chat));
    }
  });

  test('have the same members when the analysis is written, read, and its conditions evaluated anew', async () => {
    const text = asChatLines(file);
    const { clusters, failures, facts } = parseAnalysis(JSON.stringify(await analyzed(text)));
    const failed = new Set(failures.map(({ traceId }) => traceId));
    const ranked = clusters.flatMap(({ id, condition }) =>
      condition === null ? [] : [{ id, condition }],
    );
    expect(ranked.length).toBeGreaterThan(0);
    for await (const trace of readTraces(bytes(text))) {
      const set = traceFacts(trace, defaultOptions, facts);
      const first = ranked.find(({ condition }) => meets(condition, set));
      const member = failures.find(({ traceId }) => traceId === trace.id);
      const own = clusters.find(({ id }) => id === member?.cluster);
      if (failed.has(trace.id) && own?.leftover == null) expect(first?.id).toBe(own?.id);
      if (own?.leftover != null) expect(first).toBeUndefined();
    }
  });
});

test('what failed traces share comes first, and what nothing explains is said once, without a rank', async () => {
  const { clusters } = await analyzed(asChatLines(runs(true)));
  const [first] = clusters;
  expect(first).toMatchObject({ rank: 1, size: 24, state: 'tested' });
  expect(first?.meets).toMatchObject({ failed: 24, passed: 0, failures: 48, passes: 72 });
  expect(clusters.filter(({ leftover }) => leftover !== null)).toMatchObject([
    { rank: null, size: 10, layer: 'unknown', condition: null },
  ]);
});
