import { describe, expect, it } from 'vitest';
import type { Json } from '../../contract/json.ts';
import { isRequestBody, isResponseBody, readRequest, readResponse } from './body.ts';

describe('a response', () => {
  it.each([
    [
      'Chat Completions',
      { choices: [{ finish_reason: 'length', message: { role: 'assistant', content: 'Hi' } }] },
      'length',
    ],
    [
      'Responses',
      {
        object: 'response',
        status: 'incomplete',
        incomplete_details: { reason: 'max_output_tokens' },
        output: [
          { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hi' }] },
        ],
      },
      'max_output_tokens',
    ],
    [
      'Anthropic',
      {
        type: 'message',
        role: 'assistant',
        content: [{ type: 'text', text: 'Hi' }],
        stop_reason: 'max_tokens',
      },
      'max_tokens',
    ],
    [
      'Gemini',
      {
        candidates: [
          { content: { role: 'model', parts: [{ text: 'Hi' }] }, finishReason: 'MAX_TOKENS' },
        ],
      },
      'MAX_TOKENS',
    ],
    [
      'Converse',
      {
        output: { message: { role: 'assistant', content: [{ text: 'Hi' }] } },
        stopReason: 'max_tokens',
      },
      'max_tokens',
    ],
    [
      'Llama',
      { generation: 'Hi', stop_reason: 'length', prompt_token_count: 1, generation_token_count: 1 },
      'length',
    ],
    [
      'Titan',
      { inputTextTokenCount: 1, results: [{ outputText: 'Hi', completionReason: 'LENGTH' }] },
      'LENGTH',
    ],
    [
      'Ollama',
      { model: 'm', message: { role: 'assistant', content: 'Hi' }, done_reason: 'length' },
      'length',
    ],
    [
      'a stream of Anthropic',
      [
        { type: 'message_start', message: { model: 'm', usage: {} } },
        { type: 'content_block_start', content_block: { type: 'text', text: '' } },
        { type: 'content_block_delta', delta: { type: 'text_delta', text: 'H' } },
        { type: 'content_block_delta', delta: { type: 'text_delta', text: 'i' } },
        {
          type: 'message_delta',
          delta: { stop_reason: 'max_tokens' },
          usage: { output_tokens: 1 },
        },
      ],
      'max_tokens',
    ],
    [
      'a stream of Chat Completions',
      [
        { object: 'chat.completion.chunk', choices: [{ delta: { content: 'H' } }] },
        {
          object: 'chat.completion.chunk',
          choices: [{ delta: { content: 'i' }, finish_reason: 'length' }],
        },
      ],
      'length',
    ],
    [
      'a stream of Gemini',
      [
        { candidates: [{ content: { parts: [{ text: 'H' }] } }] },
        { candidates: [{ content: { parts: [{ text: 'i' }] }, finishReason: 'MAX_TOKENS' }] },
      ],
      'MAX_TOKENS',
    ],
  ] as [string, Json, string][])('of %s gives text and stop reason', (_, body, reason) => {
    expect(isResponseBody(body)).toBe(true);
    const read = readResponse(body);
    expect(read.messages.map(({ role, content }) => [role, content])).toEqual([
      ['assistant', 'Hi'],
    ]);
    expect(read.finishReason).toBe(reason);
  });

  it.each([
    ['of OpenAI', { error: { message: 'busy', code: 'x' } }, { message: 'busy', code: 'x' }],
    [
      'of Anthropic',
      { type: 'error', error: { type: 'overloaded_error', message: 'busy' } },
      { type: 'overloaded_error', message: 'busy' },
    ],
    [
      'of Responses',
      {
        object: 'response',
        status: 'failed',
        error: { code: 'server_error', message: 'busy' },
        output: [],
      },
      { code: 'server_error', message: 'busy' },
    ],
  ] as [string, Json, Json][])('that is an error body %s is a failure', (_, body, error) => {
    expect(isResponseBody(body)).toBe(true);
    expect(readResponse(body).error).toEqual(error);
  });
});

it('a request is known by its messages or its parameters', () => {
  const bodies: Json[] = [
    { messages: [{ role: 'user', content: 'Hi' }] },
    { model: 'm', input: 'Hi' },
    { contents: [{ parts: [{ text: 'Hi' }] }] },
    { prompt: 'Hi', max_tokens: 5 },
    { inputText: 'Hi' },
  ];
  for (const body of bodies) {
    expect(isRequestBody(body)).toBe(true);
    if (isRequestBody(body)) expect(readRequest(body).messages).toMatchObject([{ content: 'Hi' }]);
  }
});

it.each([
  [{ question: 'Hi', answer: 'Ho' }],
  [{ prompt: 'Hi' }],
  [{ content: 'Hi' }],
  [{ error: 'x', input: 'Hi' }],
  [['a', 'b']],
])('%j is neither request nor response', (value) => {
  expect([isRequestBody(value as Json), isResponseBody(value as Json)]).toEqual([false, false]);
});
