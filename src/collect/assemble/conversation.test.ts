import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../contract/json.ts';
import type { Origin, ToolCall, Trace } from '../../contract/trace.ts';
import { message } from '../../testing/trace.ts';
import type { RawConversation } from '../record.ts';
import { conversationTrace } from './conversation.ts';

const ORIGIN: Origin = { file: 'chat.jsonl', format: 'rows', line: 7 };

const call = (id: string | null, name: string): ToolCall => ({ id, name, arguments: { a: 1 } });
const trace = (parts: Partial<RawConversation> = {}): Trace =>
  conversationTrace(
    {
      id: null,
      messages: [],
      input: null,
      output: null,
      tools: [],
      scores: [],
      fields: {},
      ...parts,
    },
    ORIGIN,
  );
const spans = (made: Trace): string[] =>
  made.spans.map(({ id, parentId, kind, name, input, output }) =>
    [id, parentId, kind, name, input, output].join(' | '),
  );

describe('a conversation', () => {
  const asked = [
    message('system', 'Be kind.'),
    message('user', 'Where is A-1?'),
    message('assistant', '', { toolCalls: [call('c1', 'get')] }),
    message('tool', 'Friday', { toolCallId: 'c1' }),
    message('assistant', 'On Friday.'),
  ];

  it('is a root, a model span per reply and a tool span per call', () => {
    const made = trace({ messages: asked, fields: { model: 'gpt' } });
    expect(spans(made)).toEqual([
      'root |  | step | run | Where is A-1? | On Friday.',
      'model-2 | root | model | gpt | Where is A-1? | [{"id":"c1","name":"get","arguments":{"a":1}}]',
      'tool-2-0 | root | tool | get | {"a":1} | Friday',
      'model-4 | root | model | gpt | Friday | On Friday.',
    ]);
    expect(made.spans.map(({ startTime }) => startTime)).toEqual([null, null, null, null]);
    expect(made.spans[2]).toMatchObject({ toolCall: call('c1', 'get'), toolResult: 'Friday' });
    expect(made.messages.map(({ spanId }) => spanId)).toEqual([
      'root',
      'root',
      'model-2',
      'tool-2-0',
      'model-4',
    ]);
    expect(made.messages[3]?.name).toBe('get');
    expect(made).toMatchObject({
      input: 'Where is A-1?',
      output: 'On Friday.',
      model: 'gpt',
      gaps: [],
    });
  });

  it('matches results without ids to the call that waits longest, by name where one is given', () => {
    const made = trace({
      messages: [
        message('user', 'Hi?'),
        message('assistant', '', { toolCalls: [call(null, 'a'), call(null, 'b')] }),
        message('tool', 'for b', { name: 'b' }),
        message('tool', 'for a'),
      ],
    });
    expect(made.spans.map(({ name, toolResult }) => [name, toolResult]).slice(2)).toEqual([
      ['a', 'for a'],
      ['b', 'for b'],
    ]);
  });

  it('leaves a gap for a call nobody answered, unless the record ends with it', () => {
    const calling = message('assistant', '', { toolCalls: [call('c1', 'get')] });
    const ended = trace({ messages: [message('user', 'Hi?'), calling] });
    expect(ended.gaps).toEqual([]);
    expect(ended.output).toBe('[{"id":"c1","name":"get","arguments":{"a":1}}]');
    const went = trace({
      messages: [message('user', 'Hi?'), calling, message('assistant', 'Ho.')],
    });
    expect(went.gaps).toEqual([
      { kind: 'missing_tool_result', spanId: 'tool-1-0', detail: 'get has no recorded result' },
    ]);
  });

  it('of a question and an answer has two messages', () => {
    const made = trace({ input: 'Hi?', output: 'Ho.' });
    expect(made.messages.map(({ role, content }) => `${role}: ${content}`)).toEqual([
      'user: Hi?',
      'assistant: Ho.',
    ]);
    expect(spans(made)).toHaveLength(2);
  });

  it.each<[string, Partial<RawConversation>, string[]]>([
    ['no question', { output: 'Ho.' }, ['no_input']],
    ['no answer', { input: 'Hi?' }, ['no_output']],
    ['no answer because it failed', { input: 'Hi?', fields: { error: 'boom' } }, []],
    [
      'a blank answer as its last message (empty, but recorded)',
      { messages: [message('user', 'Hi?'), message('assistant', '')] },
      [],
    ],
    ['a redacted answer', { input: 'Hi?', output: '[redacted]' }, ['redacted']],
    ['nothing', {}, ['no_input', 'no_output']],
  ])('with %s says so', (_, parts, kinds) => {
    expect(trace(parts).gaps.map(({ kind }) => kind)).toEqual(kinds);
  });
});

describe('the other columns', () => {
  const rows: readonly [string, JsonObject, Partial<Trace>][] = [
    [
      'ids',
      { trace_id: 't-1', tenant: 'acme', user_id: 'u', conversation_id: 'c' },
      { id: 't-1', tenant: 'acme', user: 'u', session: 'c' },
    ],
    ['no id', {}, { id: 'chat.jsonl:7' }],
    [
      'prompt and model',
      { prompt_version: 'v2', promptName: 'p', model_name: 'gpt', provider: 'azure' },
      { promptVersion: 'v2', promptName: 'p', model: 'gpt', provider: 'azure.ai.openai' },
    ],
    [
      'capital letters',
      { Tenant: 'acme', Environment: 'prod' },
      { tenant: 'acme', environment: 'prod' },
    ],
    [
      'metadata for what is missing',
      { metadata: '{"tenant_id":"acme","plan":"pro"}' },
      { tenant: 'acme', metadata: { tenant_id: 'acme', plan: 'pro' } },
    ],
    ['unknown ones, kept', { source: 'bfcl' }, { metadata: { source: 'bfcl' } }],
    [
      'usage',
      { usage: { input_token_count: 322, output_token_count: 13 }, cost: '0.5' },
      {
        usage: {
          inputTokens: 322,
          outputTokens: 13,
          cachedTokens: null,
          reasoningTokens: null,
          cost: 0.5,
        },
      },
    ],
    ['a good status', { status: 'ok' }, { status: 'ok', error: null }],
    [
      'a bad status',
      { status: 'failed' },
      { status: 'error', error: { type: '_OTHER', message: '', spanId: 'root' } },
    ],
    [
      'an error text',
      { error: 'TimeoutError: slow' },
      {
        status: 'error',
        error: { type: 'TimeoutError', message: 'TimeoutError: slow', spanId: 'root' },
      },
    ],
    [
      'an error object',
      { error: { code: 429, message: 'slow down' } },
      { error: { type: '429', message: 'slow down', spanId: 'root' } },
    ],
    ['no error', { error: '', status: 'done' }, { status: 'ok' }],
    ['tags as text', { tags: 'a, b' }, { tags: ['a', 'b'] }],
    [
      'an ISO time',
      { timestamp: '2026-11-22T10:00:00Z' },
      { startTime: 1795341600000, endTime: 1795341600000 },
    ],
    ['seconds', { created: 1795341600 }, { startTime: 1795341600000 }],
    ['milliseconds', { created_at: 1795341600000 }, { startTime: 1795341600000 }],
    ['nanoseconds', { timestamp: '1795341600000000000' }, { startTime: 1795341600000 }],
    [
      'passages',
      { retrieved: [{ id: 'd', text: 'Ships Friday.' }] },
      {
        documents: [
          { id: 'd', content: 'Ships Friday.', title: null, score: null, spanId: 'root' },
        ],
      },
    ],
    [
      'a passage as text',
      { context: 'Ships Friday.' },
      {
        documents: [
          { id: null, content: 'Ships Friday.', title: null, score: null, spanId: 'root' },
        ],
      },
    ],
    [
      'prototype words',
      JSON.parse('{"toString":"x"}') as JsonObject,
      { metadata: { toString: 'x' } as JsonObject },
    ],
  ];
  it.each(rows)('give %s', (_, fields, expected) => {
    expect(trace({ input: 'Hi?', output: 'Ho.', fields })).toMatchObject(expected);
  });

  it('imply a prompt version by the system prompt when none is given', () => {
    const messages = [message('system', 'Be kind to order 17.'), message('user', 'Hi?')];
    expect(trace({ messages }).promptVersion).toMatch(/^sha:[0-9a-f]{12}$/);
    expect(trace({ messages, fields: { prompt_version: 'v2' } }).promptVersion).toBe('v2');
  });
});
