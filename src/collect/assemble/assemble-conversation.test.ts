import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../contract/json.ts';
import type { Trace } from '../../contract/trace.ts';
import { payloadJson } from '../../testing/payload.ts';
import type { RawSpan } from '../record.ts';
import { tracesOf, tracesOfOtlp } from '../testing/raw.ts';

const user = (content: string): Json => ({ role: 'user', content });
const says = (content: string): Json => ({ role: 'assistant', content });
const calls = (id: string | null, name: string, args: Json = {}): Json => ({
  role: 'assistant',
  content: '',
  tool_calls: [{ id, name, arguments: args }],
});
const gives = (id: string, content: string): Json => ({ role: 'tool', tool_call_id: id, content });

const model = (
  spanId: string,
  startTime: number,
  input: readonly Json[],
  output: readonly Json[],
  more: Partial<RawSpan> = {},
): Partial<RawSpan> => ({
  spanId,
  parentId: 'root',
  startTime,
  endTime: startTime + 5,
  attributes: {
    'gen_ai.operation.name': 'chat',
    'gen_ai.input.messages': input,
    'gen_ai.output.messages': output,
  },
  ...more,
});
const tool = (
  spanId: string,
  startTime: number,
  name: string,
  attributes: JsonObject = {},
  more: Partial<RawSpan> = {},
): Partial<RawSpan> => ({
  spanId,
  parentId: 'root',
  name,
  startTime,
  endTime: startTime + 5,
  attributes: { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': name, ...attributes },
  ...more,
});
const root = (attributes: JsonObject = {}, more: Partial<RawSpan> = {}): Partial<RawSpan> => ({
  spanId: 'root',
  startTime: 0,
  endTime: 1000,
  attributes: { 'openinference.span.kind': 'CHAIN', ...attributes },
  ...more,
});

const trace = (...spans: readonly Partial<RawSpan>[]): Trace => {
  const [made] = tracesOf(...spans);
  if (made === undefined) throw new Error('no trace');
  return made;
};
const lines = ({ messages }: Trace): string[] =>
  messages.map(({ role, content, toolCalls, spanId }) => {
    const called = toolCalls.map(({ name }) => `${name}()`).join();
    return `${role}@${spanId}: ${content}${called}`;
  });

describe('the conversation', () => {
  it('starts with the instructions of the agent above, where the model calls have none', () => {
    const made = trace(
      model('m1', 0, [user('Hi?')], [says('Ho.')]),
      root({
        'gen_ai.input.messages': [user('Hi?')],
        'gen_ai.system_instructions': '[{"type":"text","content":"Be kind."}]',
      }),
    );
    expect(lines(made)).toEqual(['system@root: Be kind.', 'user@m1: Hi?', 'assistant@m1: Ho.']);
  });

  it('has the outer of two spans that start together first, whichever arrived first', () => {
    const made = trace(model('m1', 0, [user('Hi?')], [says('Ho.')]), root());
    expect(made.spans.map(({ id }) => id)).toEqual(['root', 'm1']);
  });

  it('is the history of the last call and its reply, each message once, at the span that recorded it', () => {
    const call = calls('c1', 'get');
    expect(
      lines(
        trace(
          root(),
          model('m1', 10, [user('Hi?')], [call]),
          tool('t1', 20, 'get', { 'gen_ai.tool.call.id': 'c1', 'gen_ai.tool.call.result': '7' }),
          model('m2', 30, [user('Hi?'), call, gives('c1', '7')], [says('Seven.')]),
        ),
      ),
    ).toEqual(['user@m2: Hi?', 'assistant@m1: get()', 'tool@t1: 7', 'assistant@m2: Seven.']);
  });

  it('holds results and calls that only tool spans recorded, in their time', () => {
    const made = trace(
      root({ 'input.value': 'Hi?', 'output.value': 'Seven.' }),
      tool('t0', 5, 'load', { 'gen_ai.tool.call.result': 'ok' }),
      model('m1', 10, [user('Hi?')], [calls(null, 'get', { a: 1 })]),
      tool('t1', 20, 'get', {
        'gen_ai.tool.call.arguments': '{"a":1}',
        'gen_ai.tool.call.result': '7',
      }),
      tool('t2', 30, 'save', {}, { statusCode: 'error', statusMessage: 'disk full' }),
    );
    expect(lines(made)).toEqual([
      'user@m1: Hi?',
      'assistant@t0: load()',
      'tool@t0: ok',
      'assistant@m1: get()',
      'tool@t1: 7',
      'assistant@t2: save()',
      'tool@t2: disk full',
      'assistant@root: Seven.',
    ]);
  });

  it('matches calls without ids by name and order', () => {
    const made = trace(
      root(),
      model('m1', 10, [user('Hi?')], [calls(null, 'get'), calls(null, 'get')]),
      tool('t1', 20, 'get', { 'gen_ai.tool.call.result': 'one' }),
      tool('t2', 30, 'get', { 'gen_ai.tool.call.result': 'two' }),
      tool('t3', 40, 'get', { 'gen_ai.tool.call.result': 'three' }),
    );
    expect(lines(made)).toEqual([
      'user@m1: Hi?',
      'assistant@m1: get()',
      'tool@t1: one',
      'assistant@m1: get()',
      'tool@t2: two',
      'assistant@t3: get()',
      'tool@t3: three',
    ]);
  });

  it('of several agents is the most complete one', () => {
    const made = trace(
      root(),
      model('long', 10, [user('Plan'), says('a'), user('more')], [says('b')]),
      model('short', 20, [user('Sum up')], [says('c')]),
    );
    expect(lines(made)[0]).toBe('user@long: Plan');
    expect(made.messages).toHaveLength(4);
  });

  it('does not repeat the input that a graph gives back in its output', () => {
    const state = { messages: [user('Hi?'), says('Ho.')] };
    const made = trace(
      root({
        'input.value': JSON.stringify({ messages: [user('Hi?')] }),
        'output.value': JSON.stringify(state),
      }),
    );
    expect(lines(made)).toEqual(['user@root: Hi?', 'assistant@root: Ho.']);
  });

  it('is question and answer of the root when no call recorded messages', () => {
    const made = trace(root({ 'input.value': 'Hi?', 'output.value': 'Ho.' }));
    expect(lines(made)).toEqual(['user@root: Hi?', 'assistant@root: Ho.']);
  });

  it('leaves out what judges and guards say', () => {
    const judge = root(
      { 'openinference.span.kind': 'EVALUATOR' },
      { spanId: 'judge', parentId: 'root' },
    );
    const made = trace(
      root({ 'input.value': 'Hi?' }),
      model('m1', 10, [user('Hi?')], [says('Ho.')]),
      judge,
      model('m2', 30, [user('Judge'), says('hm'), user('so?')], [says('bad')], {
        parentId: 'judge',
      }),
    );
    expect(lines(made)).toEqual(['user@m1: Hi?', 'assistant@m1: Ho.']);
    expect(made.output).toBe('Ho.');
  });
});

describe('input and output', () => {
  const call = model(
    'm1',
    10,
    [{ role: 'system', content: 'Be kind.' }, user('Templated: Hi?')],
    [says('Ho.')],
  );

  it.each<[string, JsonObject, string, string]>([
    ['the words of the root', { 'input.value': 'Hi?', 'output.value': 'Done.' }, 'Hi?', 'Done.'],
    [
      'known fields of its objects',
      { 'input.value': '{"question":"Hi?","k":3}', 'output.value': '{"answer":"Done."}' },
      'Hi?',
      'Done.',
    ],
    [
      'the last user message in it',
      {
        'input.value':
          '{"messages":[{"role":"user","content":"A"},{"role":"assistant","content":"B"},{"role":"user","content":"Hi?"}]}',
      },
      'Hi?',
      'Ho.',
    ],
    [
      'its single argument',
      {
        'traceloop.entity.input': '{"args":["Hi?"],"kwargs":{}}',
        'traceloop.entity.output': '"Done."',
      },
      'Hi?',
      'Done.',
    ],
    [
      'the model call where the root says nothing of use',
      { 'input.value': '{"args":[],"kwargs":{}}', 'output.value': '{"ok":true}' },
      'Templated: Hi?',
      'Ho.',
    ],
    [
      'the model call where the root is redacted',
      { 'input.value': '__REDACTED__', 'output.value': '__REDACTED__' },
      'Templated: Hi?',
      'Ho.',
    ],
  ])('are %s', (_, attributes, input, output) => {
    expect(trace(root(attributes), call)).toMatchObject({ input, output });
  });

  it('are the raw objects where nothing better is known', () => {
    const made = trace(root({ 'input.value': '{"a":1,"b":2}', 'output.value': '{"ok":true}' }));
    expect(made).toMatchObject({ input: '{"a":1,"b":2}', output: '{"ok":true}' });
  });

  it('come from the outermost span that recorded them', () => {
    const agent = root(
      { 'openinference.span.kind': 'AGENT', 'input.value': 'Hi?', 'output.value': 'Done.' },
      { spanId: 'agent', parentId: 'root' },
    );
    expect(trace(root(), agent, { ...call, parentId: 'agent' })).toMatchObject({
      input: 'Hi?',
      output: 'Done.',
    });
  });

  it('of a root that failed without output is empty, whatever an earlier step answered', () => {
    const made = trace(root({ 'input.value': 'Hi?' }, { statusCode: 'error' }), call);
    expect(made.output).toBe('');
    expect(made.gaps.map(({ kind }) => kind)).not.toContain('no_output');
  });

  it('of a last call that only calls a tool is no text', () => {
    expect(trace(root(), model('m1', 10, [user('Hi?')], [calls('c', 'get')])).output).toBe('');
  });
});

it('of PydanticAI is in order, with results under role user as tool messages', () => {
  const [made] = tracesOfOtlp(payloadJson('pydantic-ai.json'));
  expect(made?.messages.map(({ role, content }) => `${role}: ${content}`)).toEqual([
    'system: You plan the harvest.',
    'user: What do we pick first?',
    'assistant: ',
    'tool: pears: ripe',
    'assistant: Pick the pears first.',
  ]);
});
