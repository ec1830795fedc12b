import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../contract/json.ts';
import type { RawEvent } from '../record.ts';
import { reading } from '../testing/raw.ts';

const said = (attributes: JsonObject, events: readonly RawEvent[] = []): string[][] => {
  const { input, output } = reading({ 'gen_ai.operation.name': 'chat', ...attributes }, { events });
  return [input, output].map((side) => side.map(({ role, content }) => `${role}: ${content}`));
};
const event = (name: string, attributes: JsonObject): RawEvent => ({
  name,
  time: null,
  attributes,
});

const QUESTION = 'user: Where is A-1?';
const ANSWER = 'assistant: On its way.';

it("takes texts that OpenInference's LangChain for JavaScript leaves out from the request beside them", () => {
  const message = (type: string, content: unknown) => ({
    ...{ lc: 1, type: 'constructor', id: ['langchain_core', 'messages', type] },
    kwargs: { content },
  });
  const listed = {
    'llm.input_messages.0.message.role': 'system',
    'llm.input_messages.1.message.role': 'user',
    'llm.input_messages.1.message.content': 'Where is A-1?',
  };
  const asked = [
    message('SystemMessage', [{ type: 'text', text: 'Be brief.' }]),
    message('HumanMessage', 'Where is A-1?'),
  ];
  const request = (messages: unknown) => ({
    'input.value': JSON.stringify({ messages: [messages] }),
  });
  expect(said({ ...listed, ...request(asked) })[0]).toEqual(['system: Be brief.', QUESTION]);
  expect(said({ ...listed, ...request(asked.slice(1)) })[0]).toEqual(['system: ', QUESTION]);
});

describe('one exchange as', () => {
  const rows: readonly [string, JsonObject, RawEvent[]?][] = [
    [
      'OTel JSON',
      {
        'gen_ai.input.messages':
          '[{"role":"user","parts":[{"type":"text","content":"Where is A-1?"}]}]',
        'gen_ai.output.messages':
          '[{"role":"assistant","parts":[{"type":"text","content":"On its way."}]}]',
      },
    ],
    [
      'OTel structured',
      {
        'gen_ai.input.messages': [{ role: 'user', content: 'Where is A-1?' }],
        'gen_ai.output.messages': [{ role: 'assistant', content: 'On its way.' }],
      },
    ],
    [
      'OpenInference',
      {
        'llm.input_messages.0.message.role': 'user',
        'llm.input_messages.0.message.content': 'Where is A-1?',
        'llm.output_messages.0.message.role': 'assistant',
        'llm.output_messages.0.message.content': 'On its way.',
      },
    ],
    [
      'OpenInference contents',
      {
        'llm.input_messages.0.message.role': 'user',
        'llm.input_messages.0.message.contents.0.message_content.type': 'text',
        'llm.input_messages.0.message.contents.0.message_content.text': 'Where is A-1?',
        'llm.output_messages.0.message.role': 'assistant',
        'llm.output_messages.0.message.content': 'On its way.',
      },
    ],
    [
      'OpenInference completions',
      {
        'llm.prompts.0.prompt.text': 'Where is A-1?',
        'llm.choices.0.completion.text': 'On its way.',
      },
    ],
    [
      'traceAI',
      {
        'gen_ai.input.messages.0.message.role': 'user',
        'gen_ai.input.messages.0.message.content': 'Where is A-1?',
        'gen_ai.output.messages.0.message.role': 'assistant',
        'gen_ai.output.messages.0.message.content': 'On its way.',
      },
    ],
    [
      'old OpenLLMetry',
      {
        'gen_ai.prompt.0.role': 'user',
        'gen_ai.prompt.0.content': 'Where is A-1?',
        'gen_ai.completion.0.role': 'assistant',
        'gen_ai.completion.0.content': 'On its way.',
      },
    ],
    [
      'old OpenLLMetry with the role as key',
      { 'gen_ai.prompt.0.user': 'Where is A-1?', 'gen_ai.completion.0.content': 'On its way.' },
    ],
    [
      'old OpenLLMetry with parts as text',
      {
        'gen_ai.prompt.0.role': 'user',
        'gen_ai.prompt.0.content': '[{"type":"text","text":"Where is A-1?"}]',
        'gen_ai.completion.0.content': 'On its way.',
      },
    ],
    [
      'Langfuse',
      {
        'langfuse.observation.input': '{"messages":[{"role":"user","content":"Where is A-1?"}]}',
        'langfuse.observation.output': '{"role":"assistant","content":"On its way."}',
      },
    ],
    [
      'Langfuse plain',
      {
        'langfuse.observation.input': 'Where is A-1?',
        'langfuse.observation.output': 'On its way.',
      },
    ],
    [
      'AI SDK',
      {
        'ai.prompt.messages':
          '[{"role":"user","content":[{"type":"text","text":"Where is A-1?"}]}]',
        'ai.response.text': 'On its way.',
      },
    ],
    [
      'AI SDK with an object',
      { 'ai.prompt': '{"prompt":"Where is A-1?"}', 'ai.response.object': 'On its way.' },
    ],
    [
      'LangSmith',
      {
        'gen_ai.prompt': '{"messages":[{"role":"user","content":"Where is A-1?"}]}',
        'gen_ai.completion':
          '{"choices":[{"message":{"role":"assistant","content":"On its way."}}]}',
      },
    ],
    [
      'PydanticAI, one list',
      {
        'pydantic_ai.all_messages': [
          { role: 'user', parts: [{ type: 'text', content: 'Where is A-1?' }] },
          { role: 'assistant', parts: [{ type: 'text', content: 'On its way.' }] },
        ],
      },
    ],
    [
      'Logfire events attribute',
      {
        events:
          '[{"event.name":"gen_ai.user.message","content":"Where is A-1?"},{"event.name":"gen_ai.choice","message":{"role":"assistant","content":"On its way."}}]',
      },
    ],
    [
      'MLflow',
      {
        'mlflow.spanInputs': '{"messages":[{"role":"user","content":"Where is A-1?"}]}',
        'mlflow.spanOutputs': '"On its way."',
      },
    ],
    [
      'Google ADK',
      {
        'gcp.vertex.agent.llm_request':
          '{"contents":[{"role":"user","parts":[{"text":"Where is A-1?"}]}]}',
        'gcp.vertex.agent.llm_response':
          '{"content":{"role":"model","parts":[{"text":"On its way."}]}}',
      },
    ],
    [
      'Traceloop entities',
      {
        'traceloop.entity.input': '{"args":["Where is A-1?"],"kwargs":{}}',
        'traceloop.entity.output': '"On its way."',
      },
    ],
    ['plain values', { 'input.value': 'Where is A-1?', 'output.value': 'On its way.' }],
    [
      'a raw request and response',
      {
        'input.value': '{"messages":[{"role":"user","content":"Where is A-1?"}]}',
        'output.value': '{"choices":[{"message":{"role":"assistant","content":"On its way."}}]}',
      },
    ],
    ['a transcript', { input: 'user: Where is A-1?', output: 'assistant: On its way.' }],
    [
      'message events',
      {},
      [
        event('gen_ai.user.message', { content: 'Where is A-1?' }),
        event('gen_ai.choice', {
          index: 0,
          message: '{"role":"assistant","content":"On its way."}',
        }),
      ],
    ],
    [
      'content events with text',
      {},
      [
        event('gen_ai.content.prompt', { 'gen_ai.prompt': 'user: Where is A-1?' }),
        event('gen_ai.content.completion', { 'gen_ai.completion': 'On its way.' }),
      ],
    ],
    [
      'content events with JSON',
      {},
      [
        event('gen_ai.content.prompt', {
          'gen_ai.prompt': '[{"role":"user","content":"Where is A-1?"}]',
        }),
        event('gen_ai.content.completion', {
          'gen_ai.completion': '[{"role":"assistant","content":"On its way."}]',
        }),
      ],
    ],
    [
      'Azure events',
      {},
      [
        event('gen_ai.user.message', { 'gen_ai.event.content': '{"content":"Where is A-1?"}' }),
        event('gen_ai.choice', { 'gen_ai.event.content': '{"message":{"content":"On its way."}}' }),
      ],
    ],
    [
      'the details event',
      {},
      [
        event('gen_ai.client.inference.operation.details', {
          'gen_ai.input.messages': [{ role: 'user', content: 'Where is A-1?' }],
          'gen_ai.output.messages': [{ role: 'assistant', content: 'On its way.' }],
        }),
      ],
    ],
  ];
  it.each(rows)('%s', (_, attributes, events = []) => {
    expect(said(attributes, events)).toEqual([[QUESTION], [ANSWER]]);
  });
});

describe('messages of a span', () => {
  it('prefer structured sources to blobs', () => {
    const attributes = {
      'input.value': 'blob',
      'gen_ai.input.messages': '[{"role":"user","content":"JSON"}]',
      'llm.input_messages.0.message.role': 'user',
      'llm.input_messages.0.message.content': 'indexed',
    };
    expect(said(attributes)[0]).toEqual(['user: indexed']);
  });

  it('join a reply that was recorded chunk by chunk', () => {
    const chunks = ['On', ' its', ' way', '.'].map((content) => ({ role: 'assistant', content }));
    expect(said({ 'output.value': JSON.stringify(chunks) })[1]).toEqual([ANSWER]);
  });

  it('skip a source without text', () => {
    const attributes = {
      'llm.input_messages.0.message.role': 'user',
      'input.value': 'Where is A-1?',
    };
    expect(said(attributes)[0]).toEqual([QUESTION]);
  });

  it('hold the system prompt once, wherever it was recorded', () => {
    const instructions = { 'gen_ai.system_instructions': '[{"type":"text","content":"Be kind."}]' };
    const user = { role: 'user', content: 'Where is A-1?' };
    const system = { role: 'system', content: 'Be kind.' };
    for (const messages of [[user], [system, user]]) {
      expect(said({ ...instructions, 'gen_ai.input.messages': messages })[0]).toEqual([
        'system: Be kind.',
        QUESTION,
      ]);
    }
  });

  it('take an exact key over its indexed namesakes when it parses, and never a prompt name for a message', () => {
    expect(
      said({
        'gen_ai.prompt': '[{"role":"user","content":"Where is A-1?"}]',
        'gen_ai.prompt.name': 'support',
      })[0],
    ).toEqual([QUESTION]);
  });

  it('hold the calls of a reply without text', () => {
    const { span, output } = reading({
      'ai.operationId': 'ai.generateText.doGenerate',
      'ai.response.text': '',
      'ai.response.toolCalls': '[{"toolCallId":"c1","toolName":"f","input":{"a":1}}]',
    });
    expect(output[0]?.toolCalls).toEqual([{ id: 'c1', name: 'f', arguments: { a: 1 } }]);
    expect(span.output).toBe('[{"id":"c1","name":"f","arguments":{"a":1}}]');
  });
});
