import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { feed, spySink } from '../testing/spy-sink.ts';
import { jsonLines } from './json-lines.ts';

function read(text: string, size?: number, maxLine?: number) {
  const sink = spySink();
  feed(jsonLines(sink, 1, maxLine), text, size);
  const { values, lines, problems, remarks } = sink;
  return { values, lines, problems, ...(remarks.length > 0 && { remarks }) };
}

describe('JSON Lines', () => {
  it.each([
    ['one value a line', '{"a":1}\n{"a":2}\n', [{ a: 1 }, { a: 2 }], [1, 2], []],
    ['no newline at the end', '{"a":1}\n{"a":2}', [{ a: 1 }, { a: 2 }], [1, 2], []],
    ['Windows line ends', '{"a":1}\r\n{"a":2}\r\n', [{ a: 1 }, { a: 2 }], [1, 2], []],
    [
      'blank lines keep their numbers',
      '\n{"a":1}\n  \n\n{"a":2}\n',
      [{ a: 1 }, { a: 2 }],
      [2, 5],
      [],
    ],
    [
      'a broken line costs itself alone',
      '{"a":1}\n{"a":\n{"a":3}\n',
      [{ a: 1 }, { a: 3 }],
      [1, 3],
      [{ code: 'broken_json', line: 2 }],
    ],
    [
      'a file that ends in the middle of a line loses that line',
      '{"a":1}\n{"a":2,"b":"x',
      [{ a: 1 }],
      [1],
      [{ code: 'truncated_file', line: 2 }],
    ],
    [
      'commas after values, as in a list cut into lines',
      '{"a":1},\n{"a":2},\n',
      [{ a: 1 }, { a: 2 }],
      [1, 2],
      [],
    ],
    [
      'several values in one line',
      '{"a":1}{"a":2} {"a":3},{"a":4}\n{"a":5}',
      [{ a: 1 }, { a: 2 }, { a: 3 }, { a: 4 }, { a: 5 }],
      [1, 1, 1, 1, 2],
      [],
    ],
    [
      'a broken value before others in its line',
      '{"a":1,"b":{"a":7}{"a":2}{"a":3}\n{"a":5}',
      [{ a: 2 }, { a: 3 }, { a: 5 }],
      [1, 1, 2],
      [{ code: 'broken_json', line: 1 }],
    ],
    [
      'a broken value between others in its line',
      '{"a":1}{"a":x,}{"a":3}',
      [{ a: 1 }, { a: 3 }],
      [1, 1],
      [{ code: 'broken_json', line: 1 }],
    ],
    [
      'NUL bytes around a value and instead of one',
      '{"a":1}\n\0\0{"a":2}\0\n\0\0\0\n{"a":4}\n',
      [{ a: 1 }, { a: 2 }, { a: 4 }],
      [1, 2, 4],
      [{ code: 'broken_json', line: 3 }],
    ],
    [
      'objects inside a broken value are no values',
      '{"a":1,"b":[{"a":2},{"a":3}\n{"a":4}',
      [{ a: 4 }],
      [2],
      [{ code: 'broken_json', line: 1 }],
    ],
    [
      'prototype keys are dropped',
      '{"__proto__":{"x":1},"a":{"constructor":2,"b":3}}',
      [{ a: { b: 3 } }],
      [1],
      [],
    ],
  ])('%s', (_, text, values, lines, problems) => {
    expect(read(text)).toEqual({ values, lines, problems });
  });

  it('skips a line over the limit without holding it, and reads on', () => {
    const text = `{"a":1}\n{"a":"${'x'.repeat(5000)}"}\n{"a":3}\n`;
    expect(read(text, 512, 1024)).toEqual({
      values: [{ a: 1 }, { a: 3 }],
      lines: [1, 3],
      problems: [{ code: 'line_too_long', line: 2 }],
    });
  });

  it('gives the same values however the bytes are cut, characters of several bytes included', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ text: fc.string({ unit: 'grapheme', maxLength: 30 }) }), {
          maxLength: 8,
        }),
        fc.integer({ min: 1, max: 40 }),
        (rows, size) => {
          const text = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
          expect(read(text, size).values).toEqual(rows);
        },
      ),
      { seed: 7, numRuns: 200 },
    );
  });

  it('remarks on each line with bytes that are not UTF-8', () => {
    const sink = spySink();
    const latin1 = Buffer.from('{"a":"caf\u00e9"}\n{"a":"cafe"}\n{"a":"\u00fc"}\n', 'latin1');
    feed(jsonLines(sink), latin1);
    expect(sink.values).toEqual([{ a: 'caf\uFFFD' }, { a: 'cafe' }, { a: '\uFFFD' }]);
    expect(sink.problems).toEqual([]);
    expect(sink.remarks).toEqual([
      { code: 'not_utf8', line: 1 },
      { code: 'not_utf8', line: 3 },
    ]);
  });

  it('reads bytes that threads share', () => {
    const sink = spySink();
    const bytes = new Uint8Array(new SharedArrayBuffer(8));
    bytes.set(new TextEncoder().encode('{"a":1}\n'));
    feed(jsonLines(sink), bytes);
    expect(sink.values).toEqual([{ a: 1 }]);
  });

  it('does not cut at line separators inside texts', () => {
    expect(read('{"a":"x\u2028y"}\n').values).toEqual([{ a: 'x\u2028y' }]);
  });
});
