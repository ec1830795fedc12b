import { describe, expect, it } from 'vitest';
import { ANALYSIS_VERSION } from '../contract/analysis-version.ts';
import type { ByteSource } from '../contract/byte-source.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import { collectAll, memorySource } from '../testing/memory-source.ts';
import { collect } from './collect.ts';

const row = (id: number) =>
  JSON.stringify({ trace_id: `t${id}`, input: `q${id}`, output: `a${id}` });
const span = (traceId: string, spanId: string, name = 'a') => ({
  traceId: traceId.repeat(32),
  spanId: spanId.repeat(16),
  name,
  startTimeUnixNano: '1767607200000000000',
  attributes: [],
});
const request = (...spans: object[]) => ({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
const failureOf = async (name: string, text: string | Uint8Array, options = {}) => {
  const failure: unknown = await collectAll([memorySource(name, text)], options).catch(
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(CulpritError);
  return failure as CulpritError;
};

describe('the same four rows', () => {
  const rows = [1, 2, 3, 4].map((id) => ({
    trace_id: `t${id}`,
    input: `q "${id}",\n${id}`,
    output: `a${id}`,
  }));
  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const lines = rows.map((each) => Object.values(each).map(cell).join(','));
  const expected = rows.map((each) => [each.trace_id, each.input, each.output]);

  it.each([
    ['JSON Lines', rows.map((each) => `${JSON.stringify(each)}\n`).join(''), 'rows'],
    [
      'JSON Lines behind a byte order mark',
      `\uFEFF${rows.map((each) => JSON.stringify(each)).join('\r\n')}`,
      'rows',
    ],
    ['a list', JSON.stringify(rows), 'rows'],
    ['a list over many lines', JSON.stringify(rows, null, 2), 'rows'],
    ['a page of an API', JSON.stringify({ data: rows, next_cursor: null }, null, 1), 'rows'],
    [
      'objects after one another',
      rows.map((each) => JSON.stringify(each, null, 2)).join('\n'),
      'rows',
    ],
    ['CSV', `trace_id,input,output\n${lines.join('\n')}\n`, 'rows (csv)'],
  ])('come out of %s, however it is cut', async (_, text, format) => {
    for (const size of [7, 1 << 20]) {
      const { traces, report } = await collectAll([memorySource('f', text, size)]);
      expect(traces.map((trace) => [trace.id, trace.input, trace.output])).toEqual(expected);
      expect(report.files).toMatchObject([
        { name: 'f', formats: [format], records: 4, broken: 0, traces: 4 },
      ]);
    }
  });
});

describe('what a file may hold', () => {
  it('shapes may be mixed line by line, and are counted', async () => {
    const text = [
      row(1),
      JSON.stringify(request(span('1', '2'), span('1', '3'))),
      row(2),
      JSON.stringify({ messages: [{ role: 'user', content: 'hi' }] }),
    ].join('\n');
    const { traces, report } = await collectAll([memorySource('f', text)]);
    expect(traces.map((trace) => trace.id)).toEqual(['t1', 't2', 'f:4', '1'.repeat(32)]);
    expect(report.files[0]?.formats).toEqual(['rows: 2', 'otlp-json (traces): 1', 'chat: 1']);
  });

  it('spans of one trace come together from several files', async () => {
    const { traces, report } = await collectAll([
      memorySource('one', JSON.stringify(request(span('1', '2')))),
      memorySource(
        'two',
        JSON.stringify(request({ ...span('1', '3'), parentSpanId: '2'.repeat(16) })),
      ),
    ]);
    expect(traces.map((trace) => trace.spans.map((each) => each.id[0]))).toEqual([['2', '3']]);
    expect(report.files.map((file) => [file.name, file.traces])).toEqual([
      ['one', 1],
      ['two', 0],
    ]);
  });

  it('each trace knows the line it came from', async () => {
    const { traces } = await collectAll([memorySource('f', `\n${row(1)}\n\n${row(2)}\n`)]);
    expect(traces.map((trace) => trace.origin)).toEqual([
      { file: 'f', format: 'rows', line: 2 },
      { file: 'f', format: 'rows', line: 4 },
    ]);
  });

  it('columns go by the map', async () => {
    const { traces } = await collectAll(
      [memorySource('f', 'frage,antwort,mandant\nWo?,Hier.,acme\n')],
      {
        map: { input: 'frage', output: 'antwort', tenant: 'mandant' },
      },
    );
    expect(traces).toMatchObject([{ input: 'Wo?', output: 'Hier.', tenant: 'acme' }]);
  });

  it.each([
    [{ output: 'antwrt' }, 'no row has a column antwrt. Did you mean output=antwort?'],
    [{ messages: 'state.history' }, 'no row has a column state.history. Columns here: input'],
  ])('a map to a column that is nowhere is an error: %j', async (map, message) => {
    const source = memorySource('f', 'input,antwort,mandant\nWo?,Hier.,acme\n');
    const reading = collectAll([source], { map });
    await expect(reading).rejects.toMatchObject({
      code: 'invalid_option',
      option: 'columns',
      message: expect.stringContaining(message),
    });
  });

  it('a column of the map may be missing in some rows and some files', async () => {
    const sources = [
      memorySource('a', '{"input": "Where?"}\n{"input": "Who?", "said": {"last": "Ann."}}\n'),
      memorySource('b', 'input,output\nWhy?,So.\n'),
    ];
    const { traces } = await collectAll(sources, { map: { output: 'said.last' } });
    expect(traces.map(({ output }) => output)).toEqual(['', 'Ann.', '']);
  });
});

describe('broken input', () => {
  it.each([
    ['a broken line', `${row(1)}\n{"trace_id":\n${row(3)}\n`, ['t1', 't3'], ['broken_json:2']],
    [
      'a broken first line',
      `{"trace_id": "t\n${row(2)}\n${row(3)}\n`,
      ['t2', 't3'],
      ['broken_json:1'],
    ],
    [
      'a file cut off in its last line',
      `${row(1)}\n${row(2).slice(0, 20)}`,
      ['t1'],
      ['truncated_file:2'],
    ],
    [
      'a list cut off',
      `[\n${row(1)},\n${row(2)},\n${row(3).slice(0, 9)}`,
      ['t1', 't2'],
      ['truncated_file:4'],
    ],
    [
      'lines that are no objects',
      `${row(1)}\n12\n"x"\nnull\n${row(5)}`,
      ['t1', 't5'],
      ['not_an_object:2', 'not_an_object:3', 'not_an_object:4'],
    ],
    ['objects of nothing known', `${row(1)}\n{"colour":"red"}\n`, ['t1'], ['unknown_shape:2']],
    [
      'log lines between',
      `starting\n${row(2)}\nstopping\n`,
      ['t2'],
      ['broken_json:1', 'broken_json:3'],
    ],
    [
      'a span without an id',
      `${JSON.stringify(request({ name: 'x' }, span('1', '2')))}\n${row(2)}`,
      ['t2', '1'.repeat(32)],
      ['bad_span:1'],
    ],
    [
      'a quote that never closes',
      `trace_id,input,output\nt1,a,b\n"t2,c,d\nt3,e,f\n`,
      ['t1', 't3'],
      ['broken_csv:3'],
    ],
    ['a run without an id', `{"run_type":"llm"}\n${row(2)}`, ['t2'], ['bad_span:1']],
  ])('%s: the rest is read, the loss is reported', async (_, text, ids, problems) => {
    const { traces, problems: found, report } = await collectAll([memorySource('f', text)]);
    expect(traces.map((trace) => trace.id)).toEqual(ids);
    expect(found).toEqual(problems);
    expect(report.files[0]?.broken).toBe(problems.length);
  });

  it('keeps the first hundred problems and counts them all', async () => {
    const text = `${row(0)}\n${'{broken\n'.repeat(250)}${row(1)}\n`;
    const { traces, report } = await collectAll([memorySource('f', text)]);
    expect(traces).toHaveLength(2);
    expect(report.problems).toHaveLength(100);
    expect(report.problems[99]).toMatchObject({ file: 'f', line: 101, code: 'broken_json' });
    expect(report.problemCount).toBe(250);
  });

  it('a source that fails midway keeps what came before', async () => {
    const good = memorySource('f', `${row(1)}\n${'x'.repeat(70_000)}\n`);
    const source: ByteSource = {
      ...good,
      async *open() {
        yield* good.open();
        throw new CulpritError('unreadable_file', 'the compressed data ends too early');
      },
    };
    const { traces, problems } = await collectAll([source]);
    expect(traces.map((trace) => trace.id)).toEqual(['t1']);
    expect(problems).toEqual(['broken_json:2', 'truncated_file:-']);
  });

  it('prototype keys and deep nesting do no harm', async () => {
    const deep = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`;
    const text = `{"trace_id":"t1","input":"q","__proto__":{"polluted":1},"deep":${deep}}`;
    const { traces } = await collectAll([memorySource('f', text)]);
    expect(traces[0]?.id).toBe('t1');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(() => JSON.stringify(traces)).not.toThrow();
  });
});

describe('what cannot be read', () => {
  it.each([
    ['', 'empty_input', 'f is empty'],
    ['\n \n', 'empty_input', 'f is empty'],
    [
      'Dear reader!',
      'unknown_format',
      'f has no format known here: text beginning with "Dear reader!"',
    ],
    ['{"colour":"red"}', 'unknown_format', 'no input, output or messages among the keys colour'],
    [
      'name,price\ntea,3\n',
      'unknown_format',
      'no input, output or messages among the keys name, price',
    ],
    [
      '{"version":1,"funnel":[],"clusters":[{"input":"x"}]}',
      'unknown_format',
      'f is an analysis by an older version of Culprit, not a file of traces: run culprit analyze again',
    ],
    [
      `{\n"version": ${ANALYSIS_VERSION},\n"funnel": [],\n"clusters": []\n}`,
      'unknown_format',
      'f is an analysis by Culprit, not a file of traces: give the traces',
    ],
    ['[]', 'no_traces', 'no traces found in f'],
    ['{"a":\n{"b":\n', 'no_traces', 'first of 2 problems: line 1: '],
    ['{"resourceSpans":[]}', 'no_traces', 'no traces found in f'],
  ])('%j: %s', async (text, code, message) => {
    const failure = await failureOf('f', text);
    expect(failure.code).toBe(code);
    expect(failure.message).toContain(message);
  });

  it('explains how to name the columns', async () => {
    const { message } = await failureOf('f', '{"colour":"red"}');
    expect(message).toContain('--map input=COLUMN,output=COLUMN');
  });

  it('is a problem, not the end, while another file holds traces', async () => {
    const collection = collect(
      [
        memorySource('note', 'Dear reader!'),
        memorySource('void', ''),
        memorySource('good', row(1)),
      ],
      {},
    );
    const ids: string[] = [];
    for await (const traces of collection.traces()) ids.push(...traces.map(({ id }) => id));
    expect(ids).toEqual(['t1']);
    expect(collection.report().problems.map(({ file, code }) => [file, code])).toEqual([
      ['note', 'unknown_format'],
      ['void', 'empty_input'],
    ]);
  });

  it('needs something to read', async () => {
    await expect(collectAll([])).rejects.toMatchObject({ code: 'empty_input' });
  });
});

describe('a long run', () => {
  it('is reported in bytes and can be stopped', async () => {
    const text = Array.from({ length: 20_000 }, (_, id) => row(id)).join('\n');
    const seen: [number, number | null][] = [];
    const stop = new AbortController();
    const collection = collect([memorySource('f', text, 100_000)], {
      signal: stop.signal,
      progress: (bytes, total) => {
        seen.push([bytes, total]);
        if (seen.length === 3) stop.abort();
      },
    });
    let traces = 0;
    await expect(async () => {
      for await (const batch of collection.traces()) traces += batch.length;
    }).rejects.toMatchObject({ code: 'aborted' });
    expect(seen).toEqual([1, 2, 3].map((n) => [n * 100_000, text.length]));
    expect(traces).toBeGreaterThan(3000);
    expect(traces).toBeLessThan(20_000);
  });

  it('gives traces while it reads', async () => {
    let opened = 0;
    const source: ByteSource = {
      name: 'f',
      size: null,
      async *open() {
        for (; opened < 50; opened++) {
          yield new TextEncoder().encode(
            `${Array.from({ length: 2000 }, (_, id) => row(id)).join('\n')}\n`,
          );
        }
      },
    };
    for await (const batch of collect([source], {}).traces()) {
      expect(batch.length).toBe(2000);
      break;
    }
    expect(opened).toBeLessThan(3);
  });
});
