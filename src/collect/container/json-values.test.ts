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
      { seed: 11, numRuns: 200 },
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
