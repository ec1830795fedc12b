import { parsePatch } from 'diff';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FixEdit } from '../../contract/fix.ts';
import { applied, definitionsIn, diffOf, type FixFiles } from './apply-edits.ts';

const toolsFile = (text: string): FixFiles => ({
  prompt: null,
  tools: { name: 'tools.json', text },
});
const promptFile = (text: string): FixFiles => ({
  prompt: { name: 'prompt.txt', text },
  tools: null,
});

const describeArgument = (tool: string, argument: string, text: string): FixEdit => ({
  ...{ kind: 'describe_argument', tool, argument, text },
});

/** The definition of a tool in the forms of different APIs. */
const FORMS = {
  'OpenAI, responses': (name: string, parameters: object) => ({
    type: 'function',
    name,
    parameters,
  }),
  'OpenAI, chat': (name: string, parameters: object) => ({
    type: 'function',
    function: { name, parameters },
  }),
  Anthropic: (name: string, parameters: object) => ({ name, input_schema: parameters }),
  MCP: (name: string, parameters: object) => ({ name, inputSchema: parameters }),
} as const;

describe('the tools', () => {
  test.each(Object.entries(FORMS))('in the form of %s: only one description differs', (_, form) => {
    const schema = (description?: string) => ({
      type: 'object',
      properties: {
        name: { type: 'string', description: 'A name.' },
        order: { type: 'string', ...(description !== undefined && { description }) },
      },
    });
    for (const indent of [undefined, 2, 4, '\t']) {
      const file = (description?: string): string =>
        `${JSON.stringify([form('other', schema()), form('refund', schema(description))], null, indent)}\n`;
      const edit = describeArgument('refund', 'order', 'Not "this"\nbut that.');
      const wanted = file('Not "this"\nbut that.');
      expect(applied([edit], toolsFile(file('Old.')))?.tools).toBe(wanted);
      expect(applied([edit], toolsFile(file()))?.tools).toBe(wanted);
    }
  });

  test('keep every other character, whatever the file looks like', () => {
    const text =
      '{"tools":[ {"name":"a" ,\n\n "description":"x",\t"parameters":{"properties":{"q":{}}} } ]}';
    expect(applied([describeArgument('a', 'q', 'Q.')], toolsFile(text))?.tools).toBe(
      text.replace('"q":{}', '"q":{ "description": "Q." }'),
    );
    const edit: FixEdit = { kind: 'describe_tool', tool: 'a', text: 'y' };
    expect(applied([edit], toolsFile(text))?.tools).toBe(text.replace('"x"', '"y"'));
  });

  test('a list of values replaces the one that is there', () => {
    const edit: FixEdit = { kind: 'allow_values', tool: 'a', argument: 'q', values: ['x', 'y'] };
    const file = (values: string): string =>
      `[{"name":"a","parameters":{"properties":{"q":{"type":"string"${values}}}}}]`;
    expect(applied([edit], toolsFile(file('')))?.tools).toBe(file(',"enum":["x","y"]'));
    expect(applied([edit], toolsFile(file(',"enum":["z"]')))?.tools).toBe(
      file(',"enum":["x","y"]'),
    );
  });

  test('arguments inside of arguments and of lists', () => {
    const items = { type: 'object', properties: { id: { type: 'string' } } };
    const parameters = { type: 'object', properties: { lines: { type: 'array', items } } };
    const text = JSON.stringify([{ name: 'a', parameters }]);
    const patched = applied([describeArgument('a', 'lines.id', 'An id.')], toolsFile(text));
    const [tool] = JSON.parse(patched!.tools!);
    expect(tool.parameters.properties.lines.items.properties.id.description).toBe('An id.');
  });

  test.each([
    { what: 'no JSON', text: 'tools: []', edit: describeArgument('a', 'q', 'Q.') },
    { what: 'no such tool', text: '[{"name":"b"}]', edit: describeArgument('a', 'q', 'Q.') },
    {
      what: 'no such argument',
      text: '[{"name":"a","parameters":{"properties":{}}}]',
      edit: describeArgument('a', 'q', 'Q.'),
    },
    { what: 'no parameters', text: '[{"name":"a"}]', edit: describeArgument('a', 'q', 'Q.') },
    {
      what: 'nothing new',
      text: '[{"name":"a","description":"x"}]',
      edit: { kind: 'describe_tool', tool: 'a', text: 'x' } as const,
    },
  ])('$what: the change cannot be made', ({ text, edit }) => {
    expect(applied([edit], toolsFile(text))).toBe(null);
  });

  test('of any names and texts are what JSON.parse and an assignment make', () => {
    const name = fc.string({ minLength: 1, maxLength: 8 }).filter((each) => !each.includes('.'));
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { minLength: 1, maxLength: 4 }),
        fc.string({ minLength: 1 }),
        fc.constantFrom(undefined, 1, 2, '\t'),
        fc.boolean(),
        (names, text, indent, isDescribed) => {
          const own = ['__proto__', 'properties', 'items'];
          fc.pre(names.every((each) => !own.includes(each)));
          const properties = Object.fromEntries(
            names.map((each) => [each, isDescribed ? { description: 'old', type: 'string' } : {}]),
          );
          const tools = [{ name: 'a', parameters: { type: 'object', properties } }];
          const patched = applied(
            [describeArgument('a', names[0]!, text)],
            toolsFile(JSON.stringify(tools, null, indent)),
          );
          const wanted = structuredClone(tools);
          Object.assign(wanted[0]!.parameters.properties[names[0]!]!, { description: text });
          if (text === 'old') expect(patched).toBe(null);
          else expect(JSON.parse(patched!.tools!)).toEqual(wanted);
        },
      ),
    );
  });

  test('are read in these forms', () => {
    const parameters = { type: 'object', properties: {} };
    for (const form of Object.values(FORMS))
      expect(definitionsIn(JSON.stringify({ tools: [form('a', parameters)] }))).toEqual([
        { name: 'a', description: '', parameters },
      ]);
    expect(definitionsIn('no JSON')).toEqual([]);
  });
});

describe('the prompt', () => {
  test('gets a last line, in the line ends that it has', () => {
    const edit: FixEdit = { kind: 'add_to_prompt', text: 'Stop.' };
    expect(applied([edit], promptFile('You help.'))?.prompt).toBe('You help.\nStop.\n');
    expect(applied([edit], promptFile('You help.\r\nBe short.\r\n\r\n'))?.prompt).toBe(
      'You help.\r\nBe short.\r\nStop.\r\n',
    );
    expect(applied([edit], promptFile('You help.\nStop.\n'))).toBe(null);
  });

  test('has a passage replaced that is there exactly once', () => {
    const edit: FixEdit = { kind: 'replace_in_prompt', find: 'short', text: '$& brief' };
    expect(applied([edit], promptFile('Be short.'))?.prompt).toBe('Be $& brief.');
    expect(applied([edit], promptFile('Be short, short.'))).toBe(null);
    expect(applied([edit], promptFile('Be long.'))).toBe(null);
  });

  test('that is not known is not changed, and neither is anything with it', () => {
    const edits: FixEdit[] = [
      { kind: 'describe_tool', tool: 'a', text: 'y' },
      { kind: 'add_to_prompt', text: 'Stop.' },
    ];
    expect(applied(edits, toolsFile('[{"name":"a","description":"x"}]'))).toBe(null);
  });
});

test('the diff is one that other programs read', () => {
  const { prompt } = promptFile('You help.\n');
  const both = { prompt, tools: toolsFile('[\n {"name":"a"}\n]').tools };
  const patched = applied(
    [
      { kind: 'add_to_prompt', text: 'Stop.' },
      { kind: 'describe_tool', tool: 'a', text: 'y' },
    ],
    both,
  );
  const read = parsePatch(diffOf(both, patched!));
  expect(read.map(({ oldFileName, newFileName }) => [oldFileName, newFileName])).toEqual([
    ['a/prompt.txt', 'b/prompt.txt'],
    ['a/tools.json', 'b/tools.json'],
  ]);
  expect(read[0]!.hunks[0]!.lines).toEqual([' You help.', '+Stop.']);
});
