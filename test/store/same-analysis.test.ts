import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { collectRecords } from '../../src/collect/collect.ts';
import type { ByteSource } from '../../src/contract/byte-source.ts';
import { analyze } from '../../src/culprit.ts';
import { bytesSource } from '../../src/platform/memory-source.ts';
import {
  openTelemetryStore,
  type RecordRow,
  type ScoreRow,
  storedSource,
} from '../../src/store/telemetry/telemetry.ts';
import { JULY, LATER } from './sample-rows.ts';
import { describeStore } from './test-store.ts';

const DEMO = resolve(import.meta.dirname, '../../dist/demo/traces.otlp.jsonl.gz');

/** Rows as chat exports have them: no spans, a score in each. */
const chats = Array.from({ length: 60 }, (_, nth) => ({
  id: `chat-${nth}`,
  messages: [
    { role: 'user', content: `Where is order ${1000 + nth}?` },
    {
      role: 'assistant',
      content: nth % 3 === 0 ? 'I cannot help with that.' : 'It left yesterday.',
    },
  ],
  score: nth % 3 === 0 ? 0.1 : 0.9,
}));

const bytesOf = (lines: readonly string[]): Uint8Array =>
  new TextEncoder().encode(`${lines.join('\n')}\n`);

/** What receiving does, without a server. */
async function rowsOf(source: ByteSource): Promise<{ records: RecordRow[]; scores: ScoreRow[] }> {
  const records: RecordRow[] = [];
  const scores: ScoreRow[] = [];
  let received = JULY;
  const common = { project: 'p', expires: LATER };
  for await (const batch of collectRecords([source], {}).records()) {
    for (const { record, origin } of batch) {
      received += 0.001;
      if (record.kind === 'score') {
        const { traceId, sessionId, responseId, score } = record.score;
        scores.push({
          ...{
            ...common,
            score,
            environment: '',
            source: origin.format,
            id: '',
            at: received,
            version: received,
          },
          ...{ traceId: traceId ?? '', sessionId: sessionId ?? '', responseId: responseId ?? '' },
        });
        continue;
      }
      const traceId =
        record.kind === 'span'
          ? record.span.traceId
          : record.kind === 'log'
            ? record.log.traceId
            : record.conversation.id;
      if (traceId === null) throw new Error('a record without a trace');
      records.push({ ...common, traceId, record, format: origin.format, received });
    }
  }
  return { records, scores };
}

/** Without what says where the traces were read from. */
function comparable(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, held: unknown) =>
      ['origin', 'source', 'sources', 'collected', 'files', 'line', 'dataHash'].includes(key)
        ? undefined
        : held,
    ),
  );
}

describeStore('analysis', () => {
  test.each([
    [
      'OTLP',
      async () =>
        gunzipSync(await readFile(DEMO))
          .toString()
          .split('\n')
          .slice(0, 10),
    ],
    ['chats', async () => chats.map((chat) => JSON.stringify(chat))],
  ])(
    'the same traces give the same analysis from a file and from the store: %s',
    async (_, read) => {
      const lines = await read();
      const file = bytesSource(bytesOf(lines), 'traces.jsonl');
      const folder = await mkdtemp(join(tmpdir(), 'culprit-same-'));
      const store = await openTelemetryStore({ home: { folder } });
      try {
        const { records, scores } = await rowsOf(file);
        for (let at = 0; at < records.length; at += 500)
          await store.insert({ records: records.slice(at, at + 500) });
        await store.insert({ scores });
        const fromFile = await analyze(file, {});
        const fromStore = await analyze(storedSource(store, { project: 'p' }, 'store'), {});
        expect(fromFile.analysis.clusters.length).toBeGreaterThan(0);
        expect(comparable(fromStore.analysis)).toEqual(comparable(fromFile.analysis));
      } finally {
        await store.close();
        await rm(folder, { recursive: true, force: true });
      }
    },
  );
});
