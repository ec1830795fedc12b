import { describe, expect, it } from 'vitest';
import { readRecords } from '../testing/read-records.ts';

const only = (value: object, map?: Record<string, string>) => {
  const { conversations, problems } = readRecords([value as never], map);
  expect(problems).toEqual([]);
  expect(conversations).toHaveLength(1);
  return conversations[0];
};

describe('rows', () => {
  it('give input, output and the rest under the usual names', () => {
    const row = {
      trace_id: 't1',
      Question: 'Where?',
      'Model Output': 'Here.',
      customer_id: 'acme',
      conversation_id: 's-1',
      prompt_version: 'v2',
      colour: 'red',
      note: null,
    };
    expect(only(row)).toMatchObject({
      id: 't1',
      input: 'Where?',
      output: 'Here.',
      messages: [],
      fields: { tenant: 'acme', session: 's-1', prompt_version: 'v2', colour: 'red' },
    });
  });

  it('the surest name wins, the others stay as they are', () => {
    expect(only({ id: 1, input: 'a', prompt: 'b', output: 'c', result: 'd' })).toMatchObject({
      id: '1',
      input: 'a',
      output: 'c',
      fields: { prompt: 'b', result: 'd' },
    });
  });

  it('a map beats the names', () => {
    const row = { input: 'not this', q: 'this', out: 'that', org: 'acme', output: 'nor this' };
    expect(only(row, { input: 'q', output: 'out', tenant: 'org' })).toMatchObject({
      input: 'this',
      output: 'that',
      fields: { tenant: 'acme', input: 'not this', output: 'nor this' },
    });
  });

  it('a map is used even where the row looks like something else', () => {
    const { formats } = readRecords([{ run_type: 'llm', id: 'x', q: 'a' }], { input: 'q' });
    expect(formats).toEqual(['rows']);
  });

  it('a map with an unknown field is refused, with the fields there are', () => {
    expect(() => readRecords([], { inptu: 'q' } as never)).toThrow(
      expect.objectContaining({
        code: 'invalid_option',
        message: expect.stringContaining(
          'columns: there is no field inptu; choose from trace_id, input',
        ),
      }),
    );
  });

  it('flat and OpenAI tool calls, tools and documents are read', () => {
    const flat = { id: 'c1', name: 'get_order', arguments: { order_id: 'A-1' } };
    const openai = {
      id: 'c1',
      type: 'function',
      function: { name: 'get_order', arguments: '{"order_id":"A-1"}' },
    };
    for (const call of [flat, openai]) {
      const row = {
        trace_id: 't',
        messages: [
          { role: 'user', content: 'Where?' },
          { role: 'assistant', content: '', tool_calls: [call] },
          { role: 'tool', tool_call_id: 'c1', name: 'get_order', content: 'Friday' },
        ],
        tools: [{ name: 'get_order', description: 'Look up', parameters: { type: 'object' } }],
        retrieved: [{ id: 'd1', text: 'Orders ship on Fridays.' }],
      };
      const conversation = only(row);
      expect(conversation?.messages.map((message) => message.role)).toEqual([
        'user',
        'assistant',
        'tool',
      ]);
      expect(conversation?.messages[1]?.toolCalls).toEqual([
        { id: 'c1', name: 'get_order', arguments: { order_id: 'A-1' } },
      ]);
      expect(conversation?.tools).toMatchObject([
        { name: 'get_order', parameters: { type: 'object' } },
      ]);
      expect(conversation?.fields['retrieved']).toEqual(row.retrieved);
    }
  });

  it('what went wrong in a tool is its result, and kept apart', () => {
    const messages = [
      { role: 'user', content: 'Where?' },
      { role: 'assistant', content: '', tool_calls: [{ id: 'c1', name: 'f', arguments: {} }] },
      { role: 'tool', tool_call_id: 'c1', content: '', error: 'ValueError: no such order' },
    ];
    const conversation = only({ trace_id: 't', messages });
    expect(conversation?.messages[2]?.content).toBe('ValueError: no such order');
    expect(conversation?.messages[2]?.isError).toBe(true);
  });

  it.each([
    [
      'a map of numbers',
      { scores: { faithful: 0.5, polite: true } },
      [
        ['faithful', 0.5, null, 'unknown'],
        ['polite', 1, 'true', 'unknown'],
      ],
    ],
    [
      'a list of objects',
      { scores: [{ name: 'a', score: 0, label: 'bad', comment: 'why', annotator_kind: 'LLM' }] },
      [['a', 0, 'bad', 'model']],
    ],
    ['a thumb', { feedback: 'thumbs_down' }, [['feedback', null, 'thumbs_down', 'human']]],
    ['a rating in a table', { rating: '2' }, [['rating', 2, null, 'human']]],
    [
      'columns named so',
      { score_relevance: 0.25, 'eval.tone.score': '1' },
      [
        ['relevance', 0.25, null, 'unknown'],
        ['tone', 1, null, 'unknown'],
      ],
    ],
    ['a score of nobody named', { score: 1 }, [['score', 1, null, 'unknown']]],
    ['nothing judged', { scores: { a: null }, feedback: '' }, []],
  ])('scores come from %s', (_, columns, scores) => {
    expect(
      only({ input: 'a', ...columns })?.scores.map((each) => [
        each.name,
        each.value,
        each.label,
        each.annotator,
      ]),
    ).toEqual(scores);
  });

  it('messages inside an input column are the conversation', () => {
    const input = JSON.stringify([
      { role: 'system', content: 'Be kind.' },
      { role: 'user', content: 'Hi' },
    ]);
    const output = { role: 'assistant', content: 'Hello' };
    expect(only({ input, output })?.messages.map((each) => [each.role, each.content])).toEqual([
      ['system', 'Be kind.'],
      ['user', 'Hi'],
      ['assistant', 'Hello'],
    ]);
  });

  it('an input of one key is its text, of more its JSON', () => {
    expect(only({ input: { question: 'Where?' }, output: { a: 1, b: 2 } })).toMatchObject({
      input: 'Where?',
      output: '{"a":1,"b":2}',
    });
  });

  it('an empty row of traces is a trace, a row without such columns is not', () => {
    expect(only({ trace_id: 't', input: '', output: '' })).toMatchObject({
      id: 't',
      input: '',
      output: '',
    });
    expect(readRecords([{ colour: 'red' }])).toMatchObject({
      records: [],
      problems: [
        { code: 'unknown_shape', message: 'no input, output or messages among the keys colour' },
      ],
    });
  });

  it.each([
    [
      'a list of messages',
      [
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: 'Hello' },
      ],
    ],
    [
      'fine-tuning lines',
      {
        messages: [
          { role: 'user', content: 'Hi' },
          { role: 'assistant', content: 'Hello' },
        ],
      },
    ],
    [
      'ShareGPT turns',
      {
        conversations: [
          { from: 'human', value: 'Hi' },
          { from: 'gpt', value: 'Hello' },
        ],
      },
    ],
  ])('%s are a chat', (_, value) => {
    const { formats, conversations } = readRecords([value]);
    expect(formats).toEqual(['chat']);
    expect(conversations[0]?.messages.map((each) => [each.role, each.content])).toEqual([
      ['user', 'Hi'],
      ['assistant', 'Hello'],
    ]);
  });

  it('a row with its own spans gives them, the root carrying the run', () => {
    const { spans, scores, conversations } = readRecords([
      {
        trace_id: 't1',
        tenant: 'acme',
        model: 'gpt-4o',
        input: 'Where?',
        output: 'Here.',
        status: 'error',
        scores: { ok: 0 },
        spans: [
          {
            span_id: 'a',
            name: 'main',
            start: '2026-01-05T10:00:00Z',
            duration_ms: 1500,
            status: 'Unset',
          },
          {
            span_id: 'b',
            parent_id: 'a',
            name: 'chat',
            kind: 'LLM',
            status: 'Error',
            error: 'late',
            tokens: '12',
          },
        ],
      },
    ]);
    expect(conversations).toEqual([]);
    expect(spans).toMatchObject([
      {
        traceId: 't1',
        spanId: 'a',
        statusCode: 'error',
        startTime: Date.UTC(2026, 0, 5, 10),
        endTime: Date.UTC(2026, 0, 5, 10) + 1500,
        attributes: {
          'input.value': 'Where?',
          'output.value': 'Here.',
          'tenant.id': 'acme',
          'gen_ai.request.model': 'gpt-4o',
        },
      },
      {
        spanId: 'b',
        parentId: 'a',
        statusCode: 'error',
        statusMessage: 'late',
        attributes: { 'openinference.span.kind': 'LLM' },
      },
    ]);
    expect(scores).toMatchObject([{ traceId: 't1', score: { name: 'ok', value: 0 } }]);
  });
});
