import { describe, expect, it } from 'vitest';
import type { Json } from '../../contract/json.ts';
import { toolDefinitionsIn, toolDefinitionsOf } from './tool-definition.ts';

const schema = { type: 'object', properties: { id: { type: 'string' } } };
const expected = [{ name: 'get', description: 'Look up', parameters: schema }];
const flat = { name: 'get', description: 'Look up' };

describe('a tool in the form of', () => {
  it.each<[string, Json]>([
    ['OpenAI chat', [{ type: 'function', function: { ...flat, parameters: schema } }]],
    ['OTel and OpenAI responses', [{ type: 'function', ...flat, parameters: schema }]],
    ['Anthropic', [{ ...flat, input_schema: schema }]],
    ['AI SDK', [{ type: 'function', ...flat, inputSchema: schema }]],
    ['PydanticAI', { function_tools: [{ ...flat, parameters_json_schema: schema }] }],
    ['Gemini', [{ functionDeclarations: [{ ...flat, parameters: schema }] }]],
    ['Bedrock', [{ toolSpec: { ...flat, inputSchema: { json: schema } } }]],
    ['OpenInference', [{ tool: { json_schema: JSON.stringify({ ...flat, parameters: schema }) } }]],
    ['a list of JSON texts', [JSON.stringify({ ...flat, inputSchema: schema })]],
    ['a schema as text', [{ ...flat, parameters: JSON.stringify(schema) }]],
    ['one definition', { ...flat, parameters: schema }],
  ])('%s', (_, value) => {
    expect(toolDefinitionsOf(value)).toEqual(expected);
    expect(toolDefinitionsOf(JSON.stringify(value))).toEqual(expected);
  });

  it('LangChain recorders, as a message of role tool', () => {
    const content = { type: 'function', function: { ...flat, parameters: schema } };
    expect(
      toolDefinitionsIn([
        { role: 'user', content: 'Hi' },
        { role: 'tool', content },
      ]),
    ).toEqual(expected);
  });
});

it.each<[string, Json]>([
  ['a request', { model: 'm', tools: [{ ...flat, parameters: schema }] }],
  [
    'a Gemini request',
    { config: { tools: [{ functionDeclarations: [{ ...flat, parameters: schema }] }] } },
  ],
])('definitions are found in %s', (_, value) => {
  expect(toolDefinitionsIn(value)).toEqual(expected);
});

it('a name counts once, and a missing schema is null', () => {
  expect(
    toolDefinitionsOf([{ name: 'a' }, { name: 'a', description: 'again' }, {}, 7, null]),
  ).toEqual([{ name: 'a', description: '', parameters: null }]);
});
