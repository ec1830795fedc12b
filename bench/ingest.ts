import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { RawSpan } from '../src/collect/collect.ts';
import { CulpritError } from '../src/contract/culprit-error.ts';
import {
  type EncodedRows,
  encodeRows,
  type OpenedStore,
  openTelemetryStore,
  type RecordRow,
  type TraceFilter,
  type TraceRow,
} from '../src/store/telemetry/telemetry.ts';

/**
 * What the trace store takes and how fast it answers, with generated traces: `node bench/ingest.ts [spans] [traces]`.
 * CPU time is that of this process (encoding) and of the engine's, merges included; wall times say little on a busy machine.
 */
const SPANS = Number(process.argv[2] ?? 200_000);
const TRACES = Number(process.argv[3] ?? 200_000);

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 6, 29);
const LATER = Date.UTC(2099, 0, 1);
const TICKS = 100;

/** Words of which generated texts are made; cut at random, they compress about as prose does. */
const WORDS = readFileSync(new URL('../docs/method.md', import.meta.url), 'utf8');

/** Same seed, same numbers: mulberry32. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
const next = random(7);
const pick = (count: number): number => Math.floor(next() * count);
const prose = (length: number): string => {
  const from = pick(WORDS.length - length);
  return WORDS.slice(from, from + length);
};
const id = (): string =>
  Array.from({ length: 4 }, () =>
    pick(2 ** 32)
      .toString(16)
      .padStart(8, '0'),
  ).join('');

const SYSTEM = prose(600);
const resource = { 'service.name': 'support', 'deployment.environment.name': 'production' };

/** A trace of six spans: workflow, agent, two model calls of which the second repeats the first, tool, retrieval. */
function spansOf(traceId: string, start: number): RawSpan[] {
  const [question, answer] = [prose(200), prose(500)];
  const ask = JSON.stringify([
    { role: 'system', content: SYSTEM },
    { role: 'user', content: question },
  ]);
  const made = (nth: number, name: string, attributes: RawSpan['attributes']): RawSpan => ({
    ...{ traceId, spanId: id().slice(0, 16), parentId: nth === 0 ? null : 'a'.repeat(16), name },
    ...{ startTime: start + nth, endTime: start + nth + 800 * next(), statusCode: 'ok' },
    ...{ statusMessage: '', attributes, resource, scope: 'bench', events: [], links: [] },
    droppedAttributes: 0,
  });
  const model = { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': `model-${pick(3)}` };
  const usage = {
    'gen_ai.usage.input_tokens': pick(4000),
    'gen_ai.usage.output_tokens': pick(400),
  };
  const documents = JSON.stringify(Array.from({ length: 3 }, () => ({ content: prose(700) })));
  return [
    made(0, 'support', {
      'input.value': question,
      'output.value': answer,
      'user.id': `u${pick(9999)}`,
    }),
    made(1, 'agent', { 'gen_ai.operation.name': 'invoke_agent', 'session.id': id() }),
    made(2, 'chat', { ...model, ...usage, 'gen_ai.input.messages': ask }),
    made(3, 'retrieve', { 'retrieval.documents': documents, 'input.value': question }),
    made(4, 'lookup_order', {
      'gen_ai.tool.name': 'lookup_order',
      'gen_ai.tool.call.result': prose(300),
    }),
    made(5, 'chat', {
      ...model,
      ...usage,
      'gen_ai.input.messages': `${ask}${documents}`,
      'gen_ai.output.messages': answer,
    }),
  ];
}

const recordRow = (span: RawSpan): RecordRow => ({
  ...{ project: 'bench', traceId: span.traceId, record: { kind: 'span', span }, format: 'otlp' },
  ...{ received: NOW, expires: LATER },
});

const traceRow = (nth: number): TraceRow => {
  const anchor = NOW - 28 * DAY * next();
  return {
    ...{
      project: nth % 5 === 0 ? 'other' : 'bench',
      traceId: id(),
      anchor,
      version: 1,
      start: anchor,
    },
    ...{
      end: anchor + 4000,
      name: 'support',
      status: pick(8) === 0 ? 'error' : 'ok',
      errorType: '',
    },
    ...{ tenant: `tenant-${pick(200)}`, user: `u${pick(99_999)}`, session: id() },
    ...{ environment: 'production', release: `r${pick(4)}`, promptName: 'support' },
    ...{ promptVersion: `v${pick(6)}`, model: `model-${pick(3)}`, provider: 'p', tags: [] },
    ...{ metadata: {}, input: prose(200), output: prose(500), rootSpan: 'a'.repeat(16) },
    ...{ spanCount: 6, inputTokens: pick(9000), outputTokens: pick(900), cost: next() },
    ...{ scores: { quality: next() }, signals: pick(10) === 0 ? ['refusal'] : [], gaps: [] },
    ...{ eligible: true, failed: pick(9) === 0, source: 'otlp', detectorVersion: '1' },
    ...{ service: 'support', sdk: 'opentelemetry', carries: ['input', 'output'] },
    ...{ lacks: ['scores', 'release'], representative: true, sampleRate: 1 },
    ...{ received: NOW, expires: LATER },
  };
};

/** CPU of the engine's process so far, in microseconds, from /proc. */
function engineCpu(store: OpenedStore): number {
  const stat = readFileSync(`/proc/${store.engine?.pid()}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) / TICKS) * 1e6;
}

const engineMemory = (store: OpenedStore): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${store.engine?.pid()}/status`, 'utf8'))?.[1]) /
  1024;

const line = (text: string): void => void process.stdout.write(`${text}\n`);
const us = (total: number, count: number): string => (total / count).toFixed(1);

const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;

/** Sends again when told to come later, as exporters do. */
async function persistent(store: OpenedStore, rows: readonly EncodedRows[]): Promise<void> {
  for (;;) {
    try {
      await store.insert(rows);
      return;
    } catch (error) {
      if (!(error instanceof CulpritError && error.code === 'store_busy')) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

async function ingest(store: OpenedStore): Promise<string> {
  const chunk = 500;
  let encode = 0;
  let bytes = 0;
  let sent = 0;
  let sample = '';
  const waits: number[] = [];
  const pending = new Set<Promise<void>>();
  const before = engineCpu(store);
  const began = performance.now();
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  while (sent < SPANS) {
    const spans: RawSpan[] = [];
    while (spans.length < chunk) {
      sample = id();
      spans.push(...spansOf(sample, NOW - 28 * DAY * next()));
    }
    const rows = spans.map(recordRow);
    const cpu = process.cpuUsage();
    const encoded = encodeRows({ records: rows });
    const used = process.cpuUsage(cpu);
    encode += used.user + used.system;
    bytes += encoded[0]?.bytes.length ?? 0;
    sent += rows.length;
    const at = performance.now();
    const work = persistent(store, encoded).then(() => {
      waits.push(performance.now() - at);
      pending.delete(work);
    });
    pending.add(work);
    if (pending.size >= 20) await Promise.race(pending);
    else await new Promise(setImmediate);
  }
  await Promise.all(pending);
  const seconds = (performance.now() - began) / 1000;
  const engine = engineCpu(store) - before;
  line(
    `${sent} spans of ${(bytes / sent).toFixed(0)} bytes: ${(sent / seconds).toFixed(0)} a second (wall, making them included)`,
  );
  line(`  CPU µs a span: encode ${us(encode, sent)}, engine ${us(engine, sent)}`);
  line(
    `  insert ms: p50 ${percentile(waits, 0.5).toFixed(0)}, p99 ${percentile(waits, 0.99).toFixed(0)}; loop delay p99 ${(delay.percentile(99) / 1e6).toFixed(0)} ms; engine ${engineMemory(store).toFixed(0)} MB`,
  );
  return sample;
}

async function fill(store: OpenedStore): Promise<string> {
  const before = engineCpu(store);
  let last = '';
  for (let at = 0; at < TRACES; at += 5000) {
    const traces = Array.from({ length: Math.min(5000, TRACES - at) }, (_, nth) =>
      traceRow(at + nth),
    );
    last = traces.at(-1)?.traceId ?? '';
    await store.insert({ traces });
  }
  line(`${TRACES} trace rows: engine ${us(engineCpu(store) - before, TRACES)} µs each`);
  return last;
}

async function ask(
  store: OpenedStore,
  name: string,
  question: () => Promise<unknown>,
): Promise<void> {
  const walls: number[] = [];
  const before = engineCpu(store);
  const rounds = 5;
  for (let round = 0; round < rounds; round++) {
    const at = performance.now();
    await question();
    walls.push(performance.now() - at);
  }
  const cpu = (engineCpu(store) - before) / 1000 / rounds;
  line(
    `  ${name.padEnd(44)} ${percentile(walls, 0.5).toFixed(0).padStart(6)} ms, CPU ${cpu.toFixed(0)} ms`,
  );
}

const folder = await mkdtemp(join(tmpdir(), 'culprit-ingest-'));
const store = await openTelemetryStore({ home: { folder } });
try {
  const spanTrace = await ingest(store);
  const trace = await fill(store);
  const project = 'bench';
  const filter: TraceFilter = {
    ...{ project, from: NOW - 14 * DAY, status: 'ok', score: { name: 'quality', below: 0.7 } },
    ...{ promptVersion: 'v3', tenant: 'tenant-7' },
  };
  line(
    'questions, median of 5 (each asked with other parameters the engine has not seen where it could remember):',
  );
  await ask(store, 'newest 50', () =>
    store.newest({ project, to: NOW - pick(1e6) }, { limit: 50 }),
  );
  await ask(store, 'newest 50, six conditions', () =>
    store.newest({ ...filter, tenant: `tenant-${pick(200)}` }, { limit: 50 }),
  );
  await ask(store, 'count, six conditions', () =>
    store.count({ ...filter, tenant: `tenant-${pick(200)}` }),
  );
  await ask(store, 'funnel', () => store.funnel({ project, to: NOW - pick(1e6) }));
  await ask(store, 'by version and tenant', () =>
    store.countsBy({ project, to: NOW - pick(1e6) }, ['promptVersion', 'tenant']),
  );
  await ask(store, 'count by a word', () =>
    store.count({ project, words: prose(4000).match(/[a-z]{7,}/g)?.[pick(50)] ?? 'failure' }),
  );
  await ask(store, 'newest 50 with a word', () =>
    store.newest(
      { project, words: prose(4000).match(/[a-z]{7,}/g)?.[pick(50)] ?? 'failure' },
      { limit: 50 },
    ),
  );
  await ask(store, 'one trace row', () => store.traceOf(project, trace));
  await ask(store, 'records of one trace', () => store.recordsOf(project, spanTrace));
  const at = engineCpu(store);
  let streamed = 0;
  for await (const { records } of store.stream({ project })) streamed += records.length;
  line(`  stream of everything: engine ${us(engineCpu(store) - at, streamed)} µs a record`);
} finally {
  await store.close();
  await rm(folder, { recursive: true, force: true });
}
