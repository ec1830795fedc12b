import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { feed, spySink } from '../testing/spy-sink.ts';
import { csvRows } from './csv.ts';

function read(text: string, size?: number, maxRow?: number) {
  const sink = spySink();
  feed(csvRows(sink, maxRow), text, size);
  return { values: sink.values, lines: sink.lines, problems: sink.problems };
}

describe('CSV', () => {
  it.each([
    ['commas', 'a,b\n1,2\n', [{ a: '1', b: '2' }], [2]],
    ['semicolons', 'a;b\n1,5;2\n', [{ a: '1,5', b: '2' }], [2]],
    ['tabs', 'a\tb\n1,5\t2\n', [{ a: '1,5', b: '2' }], [2]],
    [
      'quotes, line ends and commas in cells',
      'a,b\n"x ""y"", z\nw",2\n3,4',
      [
        { a: 'x "y", z\nw', b: '2' },
        { a: '3', b: '4' },
      ],
      [2, 4],
    ],
    [
      'Windows line ends',
      'a,b\r\n"1",2\r\n3,4\r\n',
      [
        { a: '1', b: '2' },
        { a: '3', b: '4' },
      ],
      [2, 3],
    ],
    [
      'empty and missing cells are null, quoted ones empty; blank lines are skipped',
      'a,b,c\n1,,""\n\n2\n',
      [
        { a: '1', b: null, c: '' },
        { a: '2', b: null, c: null },
      ],
      [2, 4],
    ],
    [
      'a quote inside an unquoted cell is text',
      'a,b\n5" screen,2\n',
      [{ a: '5" screen', b: '2' }],
      [2],
    ],
    ['prototype keys are no columns', '__proto__,a\nx,1\n', [{ a: '1' }], [2]],
  ])('%s', (_, text, values, lines) => {
    for (const size of [1, 5, 1000])
      expect(read(text, size)).toEqual({ values, lines, problems: [] });
  });

  it('loses the line alone in which a quote is opened and never closed', () => {
    expect(read('a,b\n1,2\n"3,4\n5,6\n')).toEqual({
      values: [
        { a: '1', b: '2' },
        { a: '5', b: '6' },
      ],
      lines: [2, 4],
      problems: [{ code: 'broken_csv', line: 3 }],
    });
  });

  it('does not hold more than the limit for a quote that stays open', () => {
    const text = `a,b\n"3,4\n${'5,6\n'.repeat(1000)}`;
    const { values, problems } = read(text, 256, 1024);
    expect(values).toHaveLength(1000);
    expect(problems).toEqual([{ code: 'broken_csv', line: 2 }]);
  });

  it('loses the lines alone in which two stray quotes stand', () => {
    const rows = Array.from(
      { length: 100 },
      (_, at) => `t${at},${at === 50 || at === 70 ? '"' : ''}q,a`,
    );
    const { values, problems } = read(`id,in,out\n${rows.join('\n')}\n`);
    expect(values).toHaveLength(98);
    expect(problems).toEqual([
      { code: 'broken_csv', line: 52 },
      { code: 'broken_csv', line: 72 },
    ]);
  });

  it('remarks on a cell whose lines look like rows', () => {
    const sink = spySink();
    feed(csvRows(sink), 'a,b\n1,"x\n2,y\n3,y\n4,z"\n5,w\n');
    expect(sink.values).toHaveLength(2);
    expect(sink.remarks).toEqual([{ code: 'rows_in_cell', line: 2 }]);
  });

  it('skips rows without any content', () => {
    expect(read('a,b\n,\n1,2\n').values).toEqual([{ a: '1', b: '2' }]);
  });

  it('remarks on bytes that are not UTF-8, with their line', () => {
    const sink = spySink();
    feed(csvRows(sink), Buffer.from('a,b\n1,2\ncaf\u00e9,3\n', 'latin1'), 3);
    expect(sink.values).toEqual([
      { a: '1', b: '2' },
      { a: 'caf\uFFFD', b: '3' },
    ]);
    expect(sink.remarks).toEqual([{ code: 'not_utf8', line: 3 }]);
  });

  it('gives rows on in steps when a quote stays open', () => {
    const sink = spySink();
    const container = csvRows(sink);
    container.push(new TextEncoder().encode(`a,b\n"3,4\n${'5,6\n'.repeat(5000)}`));
    while (container.step?.());
    container.end();
    container.step?.();
    expect(sink.values.length).toBeGreaterThan(0);
    expect(sink.values.length).toBeLessThanOrEqual(2000);
  });

  it('counts a row with more cells than the header has', () => {
    expect(read('a,b\n1,2,3\n')).toEqual({
      values: [{ a: '1', b: '2' }],
      lines: [2],
      problems: [{ code: 'long_row', line: 2 }],
    });
  });

  it('agrees with csv-parse on any table', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', 'é', '"', ',', '\n', ' ', '😀'),
      maxLength: 6,
    });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 9 }),
        (rows, size) => {
          const quoted = rows.map((row) =>
            row.map((each) => `"${each.replaceAll('"', '""')}"`).join(','),
          );
          const text = `first,second\n${quoted.join('\n')}\n`;
          expect(read(text, size).values).toEqual(parse(text, { columns: true }));
        },
      ),
      { seed: 3, numRuns: 200 },
    );
  });
});
