import { describe, expect, test } from 'vitest';
import type { Embedder } from '../contract/embedder.ts';
import { resolveOptions } from '../contract/options.ts';
import { makeFailure } from '../testing/signal.ts';
import { makeTrace } from '../testing/trace.ts';
import { embedder, embedViews, parseViews, spellViews } from './embed.ts';
import { modelBytes } from './static/testing/model-bytes.ts';

const named = (id: string): Embedder => ({
  id,
  embed: async () => ({ vectors: new Float32Array(), dimensions: 1, truncated: 0 }),
});
const sources = {
  staticModel: async () => modelBytes('tiny@1', [{ token: 'a', scale: 1, row: [1] }]),
  openai: (model: string) => named(`from openai ${model}`),
  transformers: async (model: string) => named(`from transformers ${model}`),
};

test.each([
  ['lexical', 'lexical@1'],
  ['static', 'static:tiny@1'],
  [' static ', 'static:tiny@1'],
  [resolveOptions({}).embedder, 'static:tiny@1'],
  ['openai:text-embedding-3-small', 'from openai text-embedding-3-small'],
  ['openai:nomic-embed-text:v1.5', 'from openai nomic-embed-text:v1.5'],
  ['transformers:Xenova/all-MiniLM-L6-v2', 'from transformers Xenova/all-MiniLM-L6-v2'],
  ['transformers:C:\\models\\minilm', 'from transformers C:\\models\\minilm'],
])('%j names %j', async (spec, id) => {
  expect((await embedder(spec, sources)).id).toBe(id);
});

test.each([
  ['brief', [{ view: 'brief', weight: 1 }], 'brief'],
  ['brief=3', [{ view: 'brief', weight: 1 }], 'brief'],
  [
    'brief=0.6,output=0.4',
    [
      { view: 'brief', weight: 0.6 },
      { view: 'output', weight: 0.4 },
    ],
    'brief=0.6,output=0.4',
  ],
  [
    ' input , structure ',
    [
      { view: 'input', weight: 0.5 },
      { view: 'structure', weight: 0.5 },
    ],
    'input=0.5,structure=0.5',
  ],
  [
    'structure=2,both=1',
    [
      { view: 'structure', weight: 2 / 3 },
      { view: 'both', weight: 1 / 3 },
    ],
    'structure=0.67,both=0.33',
  ],
])('parses views %j, scales the weights to 1 and writes them back', (text, views, spelled) => {
  expect(parseViews(text)).toEqual(views);
  expect(spellViews(parseViews(text))).toBe(spelled);
});

test.each([
  ['', 'there is no view ""'],
  ['topic', 'there is no view "topic"'],
  ['brief,', 'there is no view ""'],
  ['brief=', 'the weight of brief must be a number above 0, as in brief=0.5'],
  ['brief=0,input', 'the weight of brief must be'],
  ['brief=-1', 'the weight of brief must be'],
  ['brief=1e9', 'the weight of brief must be'],
  ['brief=1=2', 'the weight of brief must be'],
  ['brief,input,brief', 'brief is named twice'],
  ['constructor=1', 'there is no view "constructor"'],
])('rejects views %j: %s', (text, says) => {
  expect(() => parseViews(text)).toThrow(
    expect.objectContaining({
      code: 'invalid_option',
      message: expect.stringMatching(/Choose from brief, .*with weights, as in brief=0.6/),
    }),
  );
  expect(() => parseViews(text)).toThrow(says);
});

test('the default view parses', () => {
  const { view } = resolveOptions({});
  expect(spellViews(parseViews(view))).toBe(view);
});

describe('failures under several views', () => {
  /** Two axes: texts that contain an x, and others; '' has no vector. */
  const byX: Embedder = {
    id: 'by x',
    embed: async (texts, options) => {
      options?.progress?.(texts.length, texts.length);
      const vectors = texts.flatMap((text) =>
        text === '' ? [0, 0] : text.includes('x') ? [1, 0] : [0, 1],
      );
      return { vectors: Float32Array.from(vectors), dimensions: 2, truncated: 1 };
    },
  };
  const failures = [
    ['x', 'x'],
    ['x', 'no'],
    ['no', 'no'],
    ['x', ''],
    ['', ''],
  ].map(([input = '', output = '']) =>
    makeFailure({ trace: makeTrace({ input, output }), signals: [] }),
  );

  test('have the weighted mean of their cosines by view as cosine', async () => {
    const { vectors, dimensions, truncated } = await embedViews(
      failures,
      parseViews('input=0.7,output=0.3'),
      { embedder: byX, factColumns: new Map() },
    );
    const cosine = (a: number, b: number) =>
      Array.from({ length: dimensions }, (_, d) => d).reduce(
        (sum, d) => sum + vectors[a * dimensions + d]! * vectors[b * dimensions + d]!,
        0,
      );
    expect(dimensions).toBe(4);
    expect(truncated).toBe(2);
    expect(cosine(0, 0)).toBeCloseTo(1, 6);
    expect(cosine(0, 1)).toBeCloseTo(0.7, 6);
    expect(cosine(1, 2)).toBeCloseTo(0.3, 6);
    expect(cosine(0, 2)).toBeCloseTo(0, 6);
    // Without an output, the input gets all the weight: length 1, and √0.7 of a full row's cosine.
    expect(cosine(3, 3)).toBeCloseTo(1, 6);
    expect(cosine(0, 3)).toBeCloseTo(Math.sqrt(0.7), 6);
    expect(cosine(4, 4)).toBe(0);
  });

  test('keep the vectors of the embedder under a single view', async () => {
    const { vectors } = await embedViews(failures, parseViews('input=0.2'), {
      embedder: byX,
      factColumns: new Map(),
    });
    expect([...vectors]).toEqual([1, 0, 1, 0, 0, 1, 1, 0, 0, 0]);
  });

  test('report progress over all views', async () => {
    const seen: [number, number][] = [];
    await embedViews(
      failures,
      parseViews('input,output'),
      { embedder: byX, factColumns: new Map() },
      {
        progress: (...step) => seen.push(step),
      },
    );
    expect(seen).toEqual([
      [5, 10],
      [10, 10],
    ]);
  });
});
