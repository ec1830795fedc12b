import { expect, test, vi } from 'vitest';
import { chatModelOf, embeddingModelOf, specOf } from '../src/cli/named-model.ts';
import { modelEmbedder } from '../src/llm/embedder/model-embedder.ts';
import { modelJudge } from '../src/llm/judge/model-judge.ts';
import { type JsonServer, jsonServer, sendJson } from '../src/llm/testing/json-server.ts';
import {
  anthropicServer,
  bedrockServer,
  chatCompletionsServer,
  embeddingsServer,
  googleServer,
  openAiResponsesServer,
  type Turn,
} from '../src/llm/testing/provider-servers.ts';

/**
 * Every provider by the package that a user installs, against a server that speaks its wire format. None of them was
 * asked for real.
 */
const KEYS = {
  ...{ OPENAI_API_KEY: 'secret-key', ANTHROPIC_API_KEY: 'secret-key' },
  ...{ MISTRAL_API_KEY: 'secret-key', GOOGLE_GENERATIVE_AI_API_KEY: 'secret-key' },
  ...{ AZURE_API_KEY: 'secret-key', AWS_BEARER_TOKEN_BEDROCK: 'secret-key' },
  ...{ AWS_REGION: 'eu-central-1', GOOGLE_VERTEX_API_KEY: 'secret-key' },
};
for (const [name, value] of Object.entries(KEYS)) vi.stubEnv(name, value);

const say = (): Turn => ({ text: '{"answers":[{"item":1,"verdict":"yes"}]}' });

type Serve = (turn: typeof say) => Promise<JsonServer<Readonly<Record<string, unknown>>>>;

test.each<[string, Serve, string]>([
  ['openai:m', chatCompletionsServer, '/v1/chat/completions'],
  ['anthropic:m', anthropicServer, '/v1/messages'],
  ['google:m', googleServer, '/v1/models/m:generateContent'],
  ['mistral:m', chatCompletionsServer, '/v1/chat/completions'],
  ['bedrock:m', bedrockServer, '/v1/model/m/converse'],
  ['azure:m', openAiResponsesServer, '/v1/responses'],
  ['vertex:m', googleServer, '/v1/models/m:generateContent'],
])('%s answers as a judge, with its key', async (spec, serve, path) => {
  await using server = await serve(say);
  const { named, id } = await chatModelOf(specOf(spec, '--judge', server.baseUrl), '--judge');
  expect(id).toBe(`${spec}@${new URL(server.baseUrl).host}`);
  const judge = modelJudge(named, { id, price: { input: 1, output: 10 }, attempts: 1 });
  const answers = await judge.ask([
    {
      ...{ instructions: 'Is it so?', material: 'A run.', items: ['So.'] },
      answer: { type: 'object', properties: { verdict: { type: 'string' } } },
    },
  ]);
  expect(answers).toMatchObject({
    ...{ answers: [[{ verdict: 'yes' }]], inputTokens: 100, outputTokens: 10 },
    cost: expect.closeTo(0.0002, 8),
  });
  const [first] = server.received;
  expect(first?.path).toBe(path);
  expect(first?.apiKey ?? first?.authorization).toMatch(/^(?:Bearer )?secret-key$/);
  expect(JSON.stringify(first?.body)).toContain('A run.');
  // Every wire format has a limit of tokens: without it, no worst case is known.
  expect(JSON.stringify(first?.body)).toMatch(/2600/);
});

test.each<[string, string]>([
  ['openai:m', '/v1/embeddings'],
  ['google:m', '/v1/models/m:batchEmbedContents'],
  ['mistral:m', '/v1/embeddings'],
  ['bedrock:m', '/v1/model/m/invoke'],
  ['azure:m', '/v1/embeddings'],
  ['vertex:m', '/v1/models/m:predict'],
])('%s embeds', async (spec, path) => {
  await using server = await embeddingsServer();
  const named = await embeddingModelOf(specOf(spec, '--embedder', server.baseUrl), '--embedder');
  const embedder = modelEmbedder(named, { attempts: 1 });
  const { dimensions, vectors } = await embedder.embed(['one', 'two']);
  expect([dimensions, ...vectors]).toEqual([
    3,
    ...[1, 2, 2, 1, 2, 2].map((value) => expect.closeTo(value / 3, 6)),
  ]);
  expect(server.received[0]?.path).toBe(path);
});

test('a package without embeddings is refused', async () => {
  await expect(
    embeddingModelOf(specOf('anthropic:m', '--embedder', undefined), '--embedder'),
  ).rejects.toThrow(/^--embedder anthropic:m: .*(?:embedding|no such model)/i);
});

test('a key that an endpoint sends back is not shown', async () => {
  await using server = await jsonServer((_, response) =>
    sendJson(response, 401, { error: { type: 'x', message: 'bad key secret-key' } }),
  );
  const { named, id } = await chatModelOf(
    specOf('anthropic:m', '--judge', server.baseUrl),
    '--judge',
  );
  const judge = modelJudge(named, { id, attempts: 1 });
  const asked = judge.ask([{ instructions: '', material: '', items: ['x'], answer: {} }]);
  await expect(asked).rejects.toThrow(/bad key \[key\].*Check the API key/);
});
