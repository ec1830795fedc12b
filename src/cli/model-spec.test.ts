import fc from 'fast-check';
import { expect, test } from 'vitest';
import { modelSpec } from './model-spec.ts';

test.each([
  ['openai:gpt-5', 'openai', null, 'gpt-5', null],
  [
    'openai:llama3@http://localhost:11434/v1',
    'openai',
    null,
    'llama3',
    'http://localhost:11434/v1',
  ],
  ['anthropic:claude-sonnet-5', 'anthropic', '@ai-sdk/anthropic', 'claude-sonnet-5', null],
  [
    'bedrock:us.anthropic.claude-v1:0',
    'bedrock',
    '@ai-sdk/amazon-bedrock',
    'us.anthropic.claude-v1:0',
    null,
  ],
  ['azure:my-deployment', 'azure', '@ai-sdk/azure', 'my-deployment', null],
  ['vertex:claude@20260101', 'vertex', '@ai-sdk/google-vertex', 'claude@20260101', null],
  [' mistral:m ', 'mistral', '@ai-sdk/mistral', 'm', null],
  ['constructor:x', 'constructor', '@ai-sdk/constructor', 'x', null],
  [
    '@openrouter/ai-sdk-provider:a/b',
    '@openrouter/ai-sdk-provider',
    '@openrouter/ai-sdk-provider',
    'a/b',
    null,
  ],
  [
    'mistral:m@https://eu.example.com/v1',
    'mistral',
    '@ai-sdk/mistral',
    'm',
    'https://eu.example.com/v1',
  ],
])('%s', (text, provider, name, model, baseUrl) => {
  expect(modelSpec(text)).toEqual({ provider, package: name, model, baseUrl });
});

test.each([
  '',
  'gpt-5',
  'openai:',
  'openai: ',
  'cmd:node x',
  'https://x.example',
  'traces:a',
  'run:last',
  'OpenAI:x',
  './a.ts',
])('%j names no model', (text) => {
  expect(modelSpec(text)).toBe(null);
});

test('any text is read or refused, and what is read is named in it', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string().map((each) => `openai:${each}`),
      ),
      (text) => {
        const spec = modelSpec(text);
        if (spec !== null) expect(text).toContain(spec.model);
      },
    ),
    { seed: 3, numRuns: 300 },
  );
});
