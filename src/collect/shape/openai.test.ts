import { describe, expect, it } from 'vitest';
import { readRecords } from '../testing/read-records.ts';

const body = {
  model: 'gpt-4o',
  messages: [{ role: 'user', content: 'Hi' }],
  tools: [{ type: 'function', function: { name: 'f' } }],
};
const completion = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1793000000,
  model: 'gpt-4o-2024',
  choices: [
    { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hello' } },
    { index: 1, finish_reason: 'stop', message: { role: 'assistant', content: 'Hey' } },
  ],
  usage: { prompt_tokens: 1, completion_tokens: 1 },
};
const turns = (value: unknown) => {
  const { conversations, formats } = readRecords([value as never]);
  return {
    formats,
    turns: conversations.map((each) => each.messages.map((m) => [m.role, m.content])),
  };
};
const HI = [
  ['user', 'Hi'],
  ['assistant', 'Hello'],
];

describe('OpenAI', () => {
  it('lines of a batch and of its answers are put together by custom_id, in any order', () => {
    const input = { custom_id: 'r-1', method: 'POST', url: '/v1/chat/completions', body };
    const output = {
      id: 'b',
      custom_id: 'r-1',
      response: { status_code: 200, body: completion },
      error: null,
    };
    for (const lines of [
      [input, output],
      [output, input],
    ]) {
      const { conversations, formats } = readRecords(lines);
      expect(formats).toEqual(['model-batch']);
      expect(conversations).toHaveLength(1);
      expect(conversations[0]).toMatchObject({
        id: 'r-1',
        tools: [{ name: 'f' }],
        fields: { model: 'gpt-4o-2024', usage: completion.usage, timestamp: 1793000000 },
      });
      expect(conversations[0]?.messages.map((m) => [m.role, m.content])).toEqual(HI);
    }
  });

  it('a failed request of a batch is an error', () => {
    const { conversations } = readRecords([
      { custom_id: 'r-2', body },
      { custom_id: 'r-2', response: null, error: { code: 'expired', message: 'too late' } },
    ]);
    expect(conversations[0]?.fields['error']).toEqual({ code: 'expired', message: 'too late' });
  });

  it.each([
    [
      'a stored completion with its messages',
      { ...completion, messages: body.messages },
      'openai-response',
    ],
    ['a logged exchange', { request: body, response: completion, ms: 12 }, 'openai-log'],
    [
      'a response',
      {
        id: 'resp_1',
        object: 'response',
        model: 'gpt-4o',
        input: 'Hi',
        output: [
          { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hello' }] },
        ],
      },
      'openai-response',
    ],
    [
      'a preference',
      {
        input: { messages: body.messages },
        preferred_output: [{ role: 'assistant', content: 'Hello' }],
        non_preferred_output: [{ role: 'assistant', content: 'Go away' }],
      },
      'openai-preference',
    ],
  ])('%s is one conversation, its first choice the answer', (_, value, format) => {
    expect(turns(value)).toEqual({ formats: [format], turns: [HI] });
  });

  it('instructions are the system prompt', () => {
    const value = { object: 'response', instructions: 'Be brief.', input: 'Hi', output: [] };
    expect(turns(value).turns).toEqual([
      [
        ['system', 'Be brief.'],
        ['user', 'Hi'],
      ],
    ]);
  });
});
