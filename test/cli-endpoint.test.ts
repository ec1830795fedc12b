import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { simulate } from '../demo/simulate.ts';
import { analysisSchema } from '../src/contract/analysis.ts';
import { embeddingServer } from '../src/llm/testing/embedding-server.ts';
import { runCulprit } from './run-culprit.ts';

const folder = mkdtempSync(join(tmpdir(), 'culprit-endpoint-'));
const traces = join(folder, 'traces.jsonl');
writeFileSync(traces, `${simulate({ runs: 200, seed: 2 }).lines.join('\n')}\n`);

const culprit = (...args: readonly string[]) =>
  runCulprit(['analyze', traces, '--json', ...args], {
    cwd: folder,
    env: { OPENAI_API_KEY: 'sk-test', XDG_CACHE_HOME: folder },
  });

test('embeds through an OpenAI-compatible endpoint with the key; the second run sends no request', async () => {
  await using server = await embeddingServer();
  const endpoint = ['--embedder', 'openai:test-model', '--base-url', server.baseUrl];
  const first = await culprit(...endpoint);
  const asked = server.received.length;
  expect(asked).toBeGreaterThan(0);
  expect(server.received[0]).toMatchObject({
    authorization: 'Bearer sk-test',
    body: { model: 'test-model' },
  });
  expect(first.stderr).toMatch(/embedded in \d+ requests/);
  const { options, clusters } = analysisSchema.parse(JSON.parse(first.stdout));
  expect(options.embedder).toMatch(/^openai:test-model@127\.0\.0\.1/);
  expect(clusters.length).toBeGreaterThan(1);

  const second = await culprit(...endpoint);
  expect(server.received.length).toBe(asked);
  expect(second.stdout).toBe(first.stdout);
  expect(second.stderr).toMatch(/from the cache/);
});

test('exits with code 20, address and status if the endpoint refuses the key', async () => {
  await using server = await embeddingServer((_request, response) => {
    response.writeHead(401, { 'content-type': 'application/json' });
    response.end('{"error":{"message":"bad key"}}');
  });
  const failed = culprit('--embedder', 'openai:test-model', '--base-url', server.baseUrl);
  expect(await failed).toMatchObject({
    status: 20,
    stderr: expect.stringMatching(new RegExp(`${server.baseUrl}/embeddings.*401`)),
  });
});
