import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encoded } from '../src/collect/testing/otlp-oracle.ts';
import type { JsonObject } from '../src/contract/json.ts';
import type { Message, Trace } from '../src/contract/trace.ts';
import { payloadJson, payloadNames } from '../src/testing/payload.ts';
import { comparable, countsOf, type Imported, idsOf, importFiles } from './import/import-files.ts';
import { FIRST_TRACES, PAYLOADS, PAYLOADS_WITHOUT_TRACES } from './import/payload-table.ts';
import { spanIds } from './import/raw-count.ts';

const folder = resolve(import.meta.dirname, 'fixtures/traces');
const read = (...names: readonly string[]): Promise<Imported> =>
  importFiles(...names.map((name) => join(folder, name)));

describe('hand-written payloads', () => {
  it('each have a row in the tables', () => {
    const rows = [...PAYLOADS.map(({ file }) => file), ...PAYLOADS_WITHOUT_TRACES.map(([f]) => f)];
    expect(payloadNames()).toEqual(rows.sort());
  });

  it.each(PAYLOADS)('$file', async ({ file, format, counts, spans }) => {
    const imported = await read(file);
    expect(imported.failed).toBeNull();
    expect(imported.report.problems).toEqual([]);
    expect(imported.report.files[0]?.formats).toEqual([format]);
    expect(countsOf(imported)).toEqual(counts);
    if (spans !== null) expect(idsOf(imported.traces)).toHaveLength(spans);
  });

  it.each(PAYLOADS_WITHOUT_TRACES)('%s (%s) has no traces, with the reason', async (...row) => {
    const [file, format, problems] = row;
    const { report, failed } = await read(file);
    expect(failed).toBe('no_traces');
    expect(report.files[0]?.formats).toEqual([format]);
    expect(report.problems.map(({ code }) => code)).toEqual(problems);
  });

  it.each(Object.entries(FIRST_TRACES))('%s has its conversation', async (file, expected) => {
    const { traces } = await read(file);
    const { tokens, roles, errorType, ...fields } = expected;
    const [trace] = traces as [Trace];
    expect(trace).toMatchObject(fields);
    expect(trace.messages.map(letterOf).join('')).toBe(roles);
    expect(trace.error?.type).toBe(errorType);
    if (tokens === undefined) return;
    expect([trace.usage.inputTokens, trace.usage.outputTokens]).toEqual(tokens);
  });

  // An annotation span about another trace becomes a score of that trace; it is not a span of its own.
  const spanFiles = PAYLOADS.filter(
    ({ file, spans }) => spans !== null && file.endsWith('.json') && !/annotations/.test(file),
  );
  it.each(spanFiles)('every span of $file is in a trace', async ({ file }) => {
    const ids = [...spanIds(payloadJson(file))];
    const { traces } = await read(file);
    if (ids.length > 0) expect(idsOf(traces)).toEqual(ids.sort());
  });
});

const letterOf = ({ role, toolCalls }: Message): string =>
  `${role[0]}${toolCalls.length === 0 ? '' : toolCalls.length}`;

describe('one request in every OTLP form', () => {
  const request = payloadJson('otlp-genai.json') as JsonObject & { resourceSpans: JsonObject[] };
  const spans = request.resourceSpans.flatMap((entry) =>
    (entry['scopeSpans'] as JsonObject[]).flatMap((group) => group['spans'] as JsonObject[]),
  );
  const snake = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(snake);
    if (typeof value !== 'object' || value === null) return value;
    const key = (name: string): string => name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
    return Object.fromEntries(Object.entries(value).map(([name, v]) => [key(name), snake(v)]));
  };
  const protobuf = encoded('TraceRequest', request);
  const prefix = new Uint8Array(4);
  new DataView(prefix.buffer).setUint32(0, protobuf.length);
  const forms: readonly (readonly [format: string, content: unknown])[] = [
    ['otlp-json (traces)', snake(request)],
    ['tempo-v1', { batches: request.resourceSpans }],
    ['tempo-v2', { trace: request }],
    ['jaeger-v3', { result: request }],
    ['otlp-json (span)', spans],
    ['phoenix-otlpv1', { data: snake(spans), next_cursor: null }],
    ['otlp-protobuf (traces)', protobuf],
    ['otlp-protobuf (traces)', Uint8Array.from([...prefix, ...protobuf])],
  ];

  let scratch = '';
  beforeAll(() => {
    scratch = mkdtempSync(join(tmpdir(), 'culprit-payloads-'));
  });
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  it.each(forms)('%s gives the same traces', async (format, content) => {
    const file = join(scratch, 'form');
    writeFileSync(file, content instanceof Uint8Array ? content : JSON.stringify(content));
    const { traces, report } = await importFiles(file);
    expect(report.files[0]?.formats).toEqual([expect.stringContaining(format)]);
    const original = await read('otlp-genai.json');
    const isBare = format === 'otlp-json (span)' || format === 'phoenix-otlpv1';
    // A list of spans has no resource, which names the project, the release and the environment.
    const known = (each: readonly Trace[]): unknown =>
      comparable(
        isBare
          ? each.map((t) => ({ ...t, project: null, release: null, environment: null }))
          : each,
      );
    expect(known(traces)).toEqual(known(original.traces));
  });

  it('every shape has a payload or an OTLP form', () => {
    const shapes = resolve(import.meta.dirname, '../src/collect');
    const sources = ['shape', 'read'].flatMap((name) =>
      readdirSync(join(shapes, name))
        .filter((file) => !file.includes('.test.'))
        .map((file) => readFileSync(join(shapes, name, file), 'utf8')),
    );
    const known = sources.flatMap((text) =>
      [...text.matchAll(/format: '([^']+)'/g)].map(([, format]) => format ?? ''),
    );
    const covered = new Set([
      ...PAYLOADS.map(({ format }) => format.replace(' (csv)', '')),
      ...PAYLOADS_WITHOUT_TRACES.map(([, format]) => format),
      ...forms.map(([format]) => format),
      // Written by the trace store: test/store writes and reads it.
      'culprit-store',
      // Under which unread fields of spans are counted.
      'span',
    ]);
    expect(known.length).toBeGreaterThan(25);
    expect(known.filter((format) => !covered.has(format) && format !== '')).toEqual([]);
  });
});

describe('payloads together', () => {
  it('a score finds its trace by span and by response id, from another file', async () => {
    const scratch = mkdtempSync(join(tmpdir(), 'culprit-payloads-'));
    const file = join(scratch, 'judged.json');
    const span = {
      traceId: '15'.repeat(16),
      spanId: '15021502'.repeat(2),
      name: 'chat',
      startTimeUnixNano: '1767600000000000000',
      attributes: [{ key: 'gen_ai.response.id', value: { stringValue: 'resp-15' } }],
    };
    writeFileSync(file, JSON.stringify([span]));
    const { traces, report } = await importFiles(file, join(folder, 'otlp-evaluation-logs.json'));
    rmSync(scratch, { recursive: true });
    expect(report.problems).toEqual([]);
    expect(traces[0]?.scores.map(({ name, label, annotator }) => [name, label, annotator])).toEqual(
      [
        ['Politeness', 'curt', 'unknown'],
        ['UserFeedback', 'thumbs_down', 'human'],
      ],
    );
  });

  it('annotations reach their span, their trace and the span they link to', async () => {
    const { traces } = await read('openinference-annotations.json');
    const span = '22012201'.repeat(2);
    expect(traces[0]?.scores.map(({ name, value, spanId }) => [name, value, spanId])).toEqual([
      ['relevance', 0.75, span],
      ['solved', null, null],
      ['toxic', 0, span],
    ]);
  });

  it('hostile keys are dropped and counted, and their span is kept', async () => {
    const { traces } = await read('hostile-keys.json');
    expect(traces[0]).toMatchObject({ input: 'Still here?' });
    expect(traces[0]?.gaps.map(({ kind }) => kind)).toContain('dropped_key');
    expect(({} as { POLLUTED?: string }).POLLUTED).toBeUndefined();
  });
});
