import { describe, expect, it } from 'vitest';
import type { Json } from '../../contract/json.ts';
import type { Message } from '../../contract/trace.ts';
import { message } from '../../testing/trace.ts';
import { messagesOf, readMessages } from './message.ts';

const call = { id: 'c1', name: 'get_order', arguments: { order_id: 'A-1' } };
const calls = message('assistant', '', { toolCalls: [call] });
const result = message('tool', '{"eta":"Friday"}', { toolCallId: 'c1' });
const openAiCall = {
  id: 'c1',
  type: 'function',
  function: { name: 'get_order', arguments: '{"order_id":"A-1"}' },
};

describe('one exchange in the form of', () => {
  const rows: readonly [string, Json, Message[]][] = [
    [
      'OpenAI chat',
      [
        { role: 'developer', content: 'Be kind.' },
        { role: 'user', content: [{ type: 'text', text: 'Where is A-1?' }] },
        { role: 'assistant', content: null, tool_calls: [openAiCall] },
        { role: 'tool', tool_call_id: 'c1', content: '{"eta":"Friday"}' },
      ],
      [message('system', 'Be kind.'), message('user', 'Where is A-1?'), calls, result],
    ],
    [
      'OpenAI chat as a response',
      {
        id: 'x',
        object: 'chat.completion',
        choices: [{ index: 0, message: { role: 'assistant', content: 'Hi' } }],
      },
      [message('assistant', 'Hi')],
    ],
    [
      'OpenAI responses input',
      {
        model: 'gpt',
        instructions: 'Be kind.',
        input: [
          { role: 'user', content: [{ type: 'input_text', text: 'Where is A-1?' }] },
          { type: 'reasoning', summary: [] },
          {
            type: 'function_call',
            call_id: 'c1',
            id: 'fc_9',
            name: 'get_order',
            arguments: '{"order_id":"A-1"}',
          },
          { type: 'function_call_output', call_id: 'c1', output: '{"eta":"Friday"}' },
        ],
      },
      [message('system', 'Be kind.'), message('user', 'Where is A-1?'), calls, result],
    ],
    [
      'OpenAI responses output',
      {
        object: 'response',
        output: [
          { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hi' }] },
        ],
      },
      [message('assistant', 'Hi')],
    ],
    [
      'OpenAI responses text input',
      { model: 'gpt', input: 'Where is A-1?' },
      [message('user', 'Where is A-1?')],
    ],
    [
      'the old OpenAI function call',
      { role: 'assistant', content: null, function_call: { name: 'f', arguments: '{}' } },
      [message('assistant', '', { toolCalls: [{ id: null, name: 'f', arguments: {} }] })],
    ],
    [
      'Anthropic',
      {
        system: [{ type: 'text', text: 'Be kind.' }],
        messages: [
          { role: 'user', content: 'Where is A-1?' },
          {
            role: 'assistant',
            content: [
              { type: 'tool_use', id: 'c1', name: 'get_order', input: { order_id: 'A-1' } },
            ],
          },
          {
            role: 'user',
            content: [
              {
                type: 'tool_result',
                tool_use_id: 'c1',
                content: [{ type: 'text', text: '{"eta":"Friday"}' }],
              },
            ],
          },
        ],
      },
      [message('system', 'Be kind.'), message('user', 'Where is A-1?'), calls, result],
    ],
    [
      'Anthropic as a response',
      {
        id: 'm',
        type: 'message',
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'hm' },
          { type: 'text', text: 'Hi' },
        ],
      },
      [message('assistant', 'Hi')],
    ],
    [
      'Gemini',
      {
        model: 'gemini',
        config: { system_instruction: 'Be kind.' },
        contents: [
          { role: 'user', parts: [{ text: 'Where is A-1?' }] },
          {
            role: 'model',
            parts: [{ functionCall: { id: 'c1', name: 'get_order', args: { order_id: 'A-1' } } }],
          },
          {
            role: 'user',
            parts: [{ functionResponse: { id: 'c1', response: { eta: 'Friday' } } }],
          },
        ],
      },
      [message('system', 'Be kind.'), message('user', 'Where is A-1?'), calls, result],
    ],
    [
      'Gemini as a response',
      {
        candidates: [
          {
            content: { role: 'model', parts: [{ text: 'think', thought: true }, { text: 'Hi' }] },
            finishReason: 'STOP',
          },
        ],
      },
      [message('assistant', 'Hi')],
    ],
    [
      'Google ADK as a response',
      { content: { role: 'model', parts: [{ text: 'Hi' }] }, finish_reason: 'STOP' },
      [message('assistant', 'Hi')],
    ],
    [
      'LangChain, serialised',
      {
        messages: [
          [
            {
              lc: 1,
              type: 'constructor',
              id: ['langchain_core', 'messages', 'SystemMessage'],
              kwargs: { content: 'Be kind.' },
            },
            {
              lc: 1,
              type: 'constructor',
              id: ['langchain_core', 'messages', 'HumanMessage'],
              kwargs: { content: 'Where is A-1?' },
            },
            {
              lc: 1,
              type: 'constructor',
              id: ['langchain_core', 'messages', 'AIMessage'],
              kwargs: {
                content: '',
                tool_calls: [{ id: 'c1', name: 'get_order', args: { order_id: 'A-1' } }],
              },
            },
            {
              lc: 1,
              type: 'constructor',
              id: ['langchain_core', 'messages', 'ToolMessage'],
              kwargs: { content: '{"eta":"Friday"}', tool_call_id: 'c1' },
            },
          ],
        ],
      },
      [message('system', 'Be kind.'), message('user', 'Where is A-1?'), calls, result],
    ],
    [
      'LangChain, as dictionaries',
      [
        { type: 'human', content: 'Where is A-1?' },
        { type: 'ai', content: '', additional_kwargs: { tool_calls: [openAiCall] } },
        { type: 'tool', content: '{"eta":"Friday"}', tool_call_id: 'c1' },
      ],
      [message('user', 'Where is A-1?'), calls, result],
    ],
    [
      'LangChain generations',
      {
        generations: [
          [
            {
              text: '',
              message: {
                type: 'AIMessage',
                content: '',
                tool_calls: [{ id: 'c1', name: 'get_order', args: { order_id: 'A-1' } }],
              },
            },
          ],
        ],
      },
      [calls],
    ],
    [
      'OTel parts',
      [
        { role: 'user', parts: [{ type: 'text', content: 'Where is A-1?' }] },
        {
          role: 'assistant',
          parts: [
            { type: 'reasoning', content: 'hm' },
            { type: 'tool_call', id: 'c1', name: 'get_order', arguments: { order_id: 'A-1' } },
          ],
        },
        {
          role: 'tool',
          parts: [{ type: 'tool_call_response', id: 'c1', response: { eta: 'Friday' } }],
        },
      ],
      [message('user', 'Where is A-1?'), calls, result],
    ],
    [
      'AI SDK',
      {
        system: 'Be kind.',
        messages: [
          { role: 'user', content: 'Where is A-1?' },
          {
            role: 'assistant',
            content: [
              {
                type: 'tool-call',
                toolCallId: 'c1',
                toolName: 'get_order',
                input: { order_id: 'A-1' },
              },
            ],
          },
          {
            role: 'tool',
            content: [
              {
                type: 'tool-result',
                toolCallId: 'c1',
                toolName: 'get_order',
                output: { type: 'json', value: { eta: 'Friday' } },
              },
            ],
          },
        ],
      },
      [
        message('system', 'Be kind.'),
        message('user', 'Where is A-1?'),
        calls,
        { ...result, name: 'get_order' },
      ],
    ],
    ['AI SDK with a bare prompt', { prompt: 'Where is A-1?' }, [message('user', 'Where is A-1?')]],
    [
      'Bedrock',
      [
        {
          role: 'assistant',
          content: [
            { toolUse: { toolUseId: 'c1', name: 'get_order', input: { order_id: 'A-1' } } },
          ],
        },
        {
          role: 'user',
          content: [{ toolResult: { toolUseId: 'c1', content: [{ text: '{"eta":"Friday"}' }] } }],
        },
      ],
      [calls, result],
    ],
    [
      'OpenInference, nested',
      [
        {
          message: {
            role: 'user',
            contents: [{ message_content: { type: 'text', text: 'Where is A-1?' } }],
          },
        },
        {
          message: {
            role: 'assistant',
            tool_calls: [
              {
                tool_call: {
                  id: 'c1',
                  function: { name: 'get_order', arguments: '{"order_id":"A-1"}' },
                },
              },
            ],
          },
        },
      ],
      [message('user', 'Where is A-1?'), calls],
    ],
    [
      'PydanticAI events',
      [
        { 'event.name': 'gen_ai.user.message', content: 'Where is A-1?' },
        { 'event.name': 'gen_ai.choice', message: { role: 'assistant', content: 'Hi' } },
      ],
      [message('user', 'Where is A-1?'), message('assistant', 'Hi')],
    ],
    [
      'PydanticAI turns',
      [
        {
          kind: 'request',
          parts: [
            { part_kind: 'system-prompt', content: 'Be kind.' },
            { part_kind: 'user-prompt', content: 'Where is A-1?' },
          ],
        },
        {
          kind: 'response',
          parts: [
            {
              part_kind: 'tool-call',
              tool_name: 'get_order',
              args: '{"order_id":"A-1"}',
              tool_call_id: 'c1',
            },
          ],
        },
      ],
      [message('system', 'Be kind.'), message('user', 'Where is A-1?'), calls],
    ],
    [
      'Autogen',
      {
        messages: [
          { type: 'UserMessage', source: 'user', content: 'Hi' },
          { type: 'TextMessage', source: 'writer', content: 'Ho' },
        ],
      },
      [message('user', 'Hi', { name: 'user' }), message('assistant', 'Ho', { name: 'writer' })],
    ],
    [
      'Koog, whose calls have role tool',
      [
        { role: 'tool', content: `[${JSON.stringify(openAiCall)}]` },
        { role: 'tool', content: 'Friday' },
      ],
      [calls, message('tool', 'Friday')],
    ],
  ];
  it.each(rows)('%s', (_, value, expected) => {
    expect(messagesOf(value)).toEqual(expected);
    expect(messagesOf(JSON.stringify(value))).toEqual(expected);
  });
});

it('a reply that only calls tools may be the list of its calls (AI SDK)', () => {
  const list = [{ toolCallId: 'c1', toolName: 'get_order', input: { order_id: 'A-1' } }];
  expect(readMessages(list, 'assistant').messages).toEqual([calls]);
});
