import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { feed, spySink } from '../testing/spy-sink.ts';
import { jsonValues } from './json-values.ts';

function read(text: string, size?: number, maxValue?: number) {
  const sink = spySink();
  feed(jsonValues(sink, maxValue), text, size);
  return { values: sink.values, lines: sink.lines, problems: sink.problems };
}

describe('JSON over several lines', () => {
  it.each([
    ['one object', '{\n "a": {"b": [1, 2]}\n}\n', [{ a: { b: [1, 2] } }], [1]],
    [
      'the elements of a list',
      '[\n {"a": "]}"},\n {"a": "\\""}\n]',
      [{ a: ']}' }, { a: '"' }],
      [2, 3],
    ],
    ['objects after one another', '{\n"a":1\n}\n{\n"a":2\n}', [{ a: 1 }, { a: 2 }], [1, 4]],
    ['a list of lists', '[[1],[2,3]]', [[1], [2, 3]], [1, 1]],
    ['plain values', '[1, "x", null, true]', [1, 'x', null, true], [1, 1, 1, 1]],
    ['nothing in a list', '[ ]', [], []],
    [
      'chat messages stay together',
      '[{"role":"user","content":"hi"},{"role":"assistant","content":"hello"}]',
      [
        [
          { role: 'user', content: 'hi' },
          { role: 'assistant', content: 'hello' },
        ],
      ],
      [1],
    ],
  ])('%s', (_, text, values, lines) => {
    for (const size of [1, 7, 1000]) {
      expect(read(text, size)).toEqual({ values, lines, problems: [] });
    }
  });

  it('gives what JSON.parse gives for any list, however the bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue({ maxDepth: 3, noUnicodeString: false }), { maxLength: 6 }),
        fc.integer({ min: 1, max: 30 }),
        fc.constantFrom(0, 2),
        (list, size, indent) => {
          const text = JSON.stringify({ wrap: 1, list }, null, indent);
          expect(read(text, size).values).toEqual([JSON.parse(text)]);
        },
      ),
      { seed: 11, numRuns: 60 },
    );
  });

  it('keeps the elements before the place where a list was cut off', () => {
    expect(read('[{"a":1},{"a":2},{"a":')).toEqual({
      values: [{ a: 1 }, { a: 2 }],
      lines: [1, 1],
      problems: [{ code: 'truncated_file', line: 1 }],
    });
  });

  it('reads lines where the first object never closes', () => {
    expect(read('{"a":1,\n{"a":2}\n{"a":3}\n')).toEqual({
      values: [{ a: 2 }, { a: 3 }],
      lines: [2, 3],
      problems: [{ code: 'broken_json', line: 1 }],
    });
  });

  it('skips an element over the limit and reads on', () => {
    expect(read(`[{"a":1},{"a":"${'x'.repeat(3000)}"},{"a":3}]`, 256, 1024)).toEqual({
      values: [{ a: 1 }, { a: 3 }],
      lines: [1, 1],
      problems: [{ code: 'value_too_large', line: 1 }],
    });
  });
});

describe('a broken element', () => {
  const rows = (count: number) =>
    Array.from({ length: count }, (_, at) => ({
      id: `t${at}`,
      spans: [{ id: 's' }, { id: 'u' }],
      out: `a${at}`,
    }));
  const ids = (values: readonly unknown[]) => values.map((value) => (value as { id: string }).id);
  const others = rows(30)
    .map(({ id }) => id)
    .filter((id) => id !== 't9');

  it.each<[string, (element: string) => string]>([
    ['lacks its last brace', (text) => text.slice(0, -1)],
    ['lacks an inner bracket', (text) => text.replace(']', '')],
    ['lacks an inner brace', (text) => text.replace('}', '')],
    ['has a stray quote', (text) => text.replace('"a9"', '"a9""')],
    ['lacks a quote', (text) => text.replace('"a9"', '"a9')],
    ['is cut in the middle of a string', (text) => text.slice(0, -4)],
    ['has a bracket of the wrong kind', (text) => text.replace(']', '}')],
    ['has a word where a value belongs', (text) => text.replace('"a9"', 'undefined')],
    ['has quotes that are not escaped', (text) => text.replace('a9', 'say "hi", now')],
  ])('that %s costs itself alone, with its line', (_, damage) => {
    for (const [indent, between] of [
      [0, ',\n'],
      [2, ',\n'],
      [0, ','],
    ] as const) {
      for (const size of [7, 1 << 20]) {
        const elements = rows(30).map((row) => JSON.stringify(row, null, indent));
        elements[9] = damage(elements[9] as string);
        const { values, problems } = read(`[\n${elements.join(between)}\n]`, size);
        expect(ids(values)).toEqual(others);
        expect(problems).toHaveLength(1);
        const lines = elements.slice(0, 9).join(between).split('\n').length + between.length;
        expect(problems[0]?.line).toBe(lines);
      }
    }
  });

  it('that comes first or last costs itself alone', () => {
    const elements = rows(5).map((row) => JSON.stringify(row));
    const first = [elements[0]?.slice(0, -1), ...elements.slice(1)];
    expect(ids(read(`[\n${first.join(',\n')}\n]`).values)).toEqual(['t1', 't2', 't3', 't4']);
    const inOneLine = read(`[${first.join(',')}]`);
    expect(ids(inOneLine.values)).toEqual(['t1', 't2', 't3', 't4']);
    expect(inOneLine.problems).toHaveLength(1);
    const last = [...elements.slice(0, -1), elements[4]?.slice(0, -1)];
    expect(ids(read(`[${last.join(',')}]`).values)).toEqual(['t0', 't1', 't2', 't3']);
  });

  it('is not replaced by the objects inside it', () => {
    const text = JSON.stringify(rows(5)).slice(0, -20);
    const { values, problems } = read(text);
    expect(ids(values)).toEqual(['t0', 't1', 't2', 't3']);
    expect(problems).toEqual([{ code: 'truncated_file', line: 1 }]);
  });

  it('among many costs work in proportion to the file', () => {
    const broken = `[${rows(3000)
      .map((row) => JSON.stringify(row).slice(0, -1))
      .join(',')}]`;
    const { values, problems } = read(broken);
    expect(values).toEqual([]);
    expect(problems.length).toBeGreaterThan(0);
  });
});
