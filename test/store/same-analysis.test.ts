import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { analyze } from '../../src/culprit.ts';
import { labelEndpoint } from '../../src/llm/call/label-endpoint.ts';
import { judgeEndpoint } from '../../src/llm/judge/judge-endpoint.ts';
import { bytesSource } from '../../src/platform/memory-source.ts';
import { startThread } from '../../src/platform/thread.ts';
import { analyzeStored } from '../../src/server/analysis/analyze-stored.ts';
import type { RunningServer } from '../../src/server/running-server.ts';
import { startServer } from '../../src/server/start-server.ts';
import { suiteWorkHere } from '../../src/server/suites/suite-work.ts';
import { storedSource, type TelemetryStore } from '../../src/store/telemetry/telemetry.ts';
import { memoryWorkspace } from '../../src/testing/memory-workspace.ts';
import { describeStore, testStore } from './test-store.ts';

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

const table = [
  'question,answer,groundedness,tenant',
  ...Array.from({ length: 40 }, (_, nth) =>
    [`Is item ${nth} in stock?`, nth % 4 === 0 ? 'It may be.' : 'Yes.', nth % 4 === 0 ? 0.2 : 0.9]
      .concat(`shop-${nth % 3}`)
      .join(','),
  ),
];

const fixture = (name: string): Promise<Buffer> =>
  readFile(resolve(import.meta.dirname, '../fixtures/traces', name));

const FORMATS: readonly (readonly [
  name: string,
  read: () => Promise<Uint8Array>,
  causes: number,
])[] = [
  [
    'otlp.jsonl',
    async () =>
      bytesOf(
        gunzipSync(await readFile(DEMO))
          .toString()
          .split('\n')
          .slice(0, 10),
      ),
    1,
  ],
  ['chats.jsonl', async () => bytesOf(chats.map((chat) => JSON.stringify(chat))), 1],
  ['table.csv', async () => bytesOf(table), 1],
  ['langfuse-trace.json', () => fixture('langfuse-trace.json'), 0],
  ['langsmith-run.jsonl', () => fixture('langsmith-run.jsonl'), 0],
];

describeStore('analysis', () => {
  test.each(FORMATS)(
    'an imported file gives the analysis that the file itself gives: %s',
    async (name, read, causes) => {
      const bytes = await read();
      const file = bytesSource(bytes, name);
      const folder = await mkdtemp(join(tmpdir(), 'culprit-same-'));
      const opened = await testStore();
      const { store } = opened;
      const server = await realServer(store, join(folder, 'open'));
      try {
        const answer = await fetch(`${server.urls[0]}/api/v1/imports?name=${name}`, {
          method: 'POST',
          body: bytes as BodyInit,
        });
        expect(answer.status).toBe(200);
        const fromFile = await analyze(file, {});
        const fromStore = await analyze(storedSource(store, { project: 'default' }, 'store'), {});
        expect(fromFile.analysis.clusters.length).toBeGreaterThanOrEqual(causes);
        expect(comparable(fromStore.analysis)).toEqual(comparable(fromFile.analysis));
        // Its own trace rows say the same.
        const failed = fromFile.analysis.funnel.find((stage) => stage.name === 'failed')?.count;
        expect((await store.funnel({ project: 'default' })).failed).toBe(failed);
      } finally {
        await server.close();
        await opened.close();
        await rm(folder, { recursive: true, force: true });
      }
    },
  );
});

const realServer = (store: TelemetryStore, spoolFolder: string): Promise<RunningServer> =>
  startServer(
    { host: '127.0.0.1', ports: [0], tick: null, analyze: null },
    {
      ...{ store, workspace: memoryWorkspace(), spawn: startThread, analyze: analyzeStored },
      openEndpoint: judgeEndpoint,
      openLabel: labelEndpoint,
      spoolFolder,
      suiteWork: suiteWorkHere,
      suiteFolder: join(spoolFolder, 'suites'),
      freeBytes: null,
      version: '0.0.0',
      onError: (error) => {
        throw error;
      },
    },
  );
