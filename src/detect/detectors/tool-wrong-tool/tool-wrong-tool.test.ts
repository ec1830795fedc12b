import { describe, expect, it, test } from 'vitest';
import {
  assistant,
  call,
  causes,
  lawyer,
  makeTrace,
  result,
  runOf,
  tool,
  user,
  weather,
} from '../../../testing/trace.ts';
import { pretendedWork } from './pretended.ts';
import { toolWrongTool } from './tool-wrong-tool.ts';

describe('toolWrongTool', () => {
  it.each([
    ['weather_now', 'not offered | unknown name | weather_now'],
    ['weather_forecast', 'not offered | name altered | weather_forecast'],
  ])('finds that %s was not offered', (name, expected) => {
    const trace = makeTrace({
      tools: [weather],
      messages: [user('Weather forecast for Ulm'), assistant('', call(name, { city: 'Ulm' }))],
    });
    expect(causes(toolWrongTool, trace)).toEqual([expected]);
  });

  it('trusts the runtime once it has answered', () => {
    const answered = (text: string) =>
      makeTrace({
        tools: [weather],
        messages: [
          user('Run it'),
          assistant('', call('python', 'x', 'c1')),
          result('c1', 'python', text),
        ],
      });
    expect(causes(toolWrongTool, answered('42'))).toEqual([]);
    expect(causes(toolWrongTool, answered('FileNotFoundError: a.txt'))).toEqual([]);
    expect(causes(toolWrongTool, answered('Error: unknown tool python'))).toEqual([
      'not offered | unknown name | python',
    ]);
  });

  it('ignores punctuation in names', () => {
    const trace = makeTrace({
      tools: [tool('weather.forecast', { city: { type: 'string' } })],
      messages: [
        user('Weather forecast for Ulm'),
        assistant('', call('weather_forecast', { city: 'Ulm' })),
      ],
    });
    expect(causes(toolWrongTool, trace)).toEqual([]);
  });

  it('finds a tool unrelated to the request', () => {
    const asked = (text: string) =>
      makeTrace({
        tools: [lawyer],
        messages: [user(text), assistant('', call('find_divorce_lawyer', { area: 'security' }))],
      });
    expect(causes(toolWrongTool, asked('Where can I hire a bodyguard?'))).toEqual([
      'irrelevant tool | find_divorce_lawyer',
    ]);
    expect(causes(toolWrongTool, asked('I want a lawyer for my divorce.'))).toEqual([]);
  });

  it('finds a failed tool that another one replaced', () => {
    const trace = makeTrace({
      messages: [
        user('Find booking QX7711'),
        assistant('', call('get_flight', { id: 'QX7711' }, 'c1')),
        result('c1', 'get_flight', 'Error: no such flight'),
        assistant('', call('get_booking', { id: 'QX7711' }, 'c2')),
        result('c2', 'get_booking', '{"id": "QX7711"}'),
      ],
    });
    expect(causes(toolWrongTool, trace)).toEqual([
      'another tool worked | get_flight → get_booking',
    ]);
  });

  it('accepts a look at a file between two tries of an edit', () => {
    const trace = makeTrace({
      messages: [
        user('Rename the flag in cli.py'),
        assistant('', call('edit_file', { path: 'cli.py', old: '--output' }, 'c1')),
        result('c1', 'edit_file', 'Error: text not found'),
        assistant('', call('read_file', { path: 'cli.py' }, 'c2')),
        result('c2', 'read_file', 'add("--out")'),
        assistant('', call('edit_file', { path: 'cli.py', old: '--out' }, 'c3')),
        result('c3', 'edit_file', 'ok'),
      ],
    });
    expect(causes(toolWrongTool, trace)).toEqual([]);
  });
});

describe('toolWrongTool, compared with the request', () => {
  const offered = [
    tool('triangle_area', { base: { type: 'number' }, height: { type: 'number' } }, ['base']),
    tool('circle_area', { radius: { type: 'number' } }, ['radius']),
    tool(
      'price_lookup',
      { product: { type: 'string' } },
      ['product'],
      'Selling price of a product.',
    ),
    tool('revenue_forecast', { company: { type: 'string' } }, [], 'Revenue of a company by units.'),
  ];
  const asked = (text: string, ...parts: Parameters<typeof assistant>) =>
    makeTrace({ tools: offered, input: text, messages: [user(text), assistant(...parts)] });

  it.each([
    [
      'arguments of another tool',
      asked('The area of a triangle of radius 4', '', call('triangle_area', { radius: 4 })),
      'arguments of another tool | triangle_area → circle_area',
    ],
    [
      'another tool that is closer',
      asked(
        'Forecast the revenue of the company Acme',
        '',
        call('price_lookup', { product: 'Acme' }),
      ),
      'another tool is closer | price_lookup → revenue_forecast',
    ],
    [
      'a number that nobody gave',
      asked('What is the area of a circle?', '', call('circle_area', { radius: 3 })),
      'nothing to call it with | circle_area',
    ],
    [
      'a required text left empty',
      asked('The price of a product', '', call('price_lookup', { product: '' })),
      'nothing to call it with | price_lookup',
    ],
    [
      'work that was simulated',
      asked('What does it cost?', 'I will simulate a search for the price. It is 5.'),
      'simulated',
    ],
    [
      'work that was simulated in code',
      asked(
        'The price of a scenario?',
        '',
        call('price_lookup', { product: '# In a real scenario, I would now call the tool' }),
      ),
      'simulated',
    ],
  ])('finds %s', (_, trace, kind) => {
    expect(causes(toolWrongTool, trace)).toEqual([kind]);
  });

  it.each([
    asked('The area of a circle of radius 3', '', call('circle_area', { radius: 3 })),
    asked('Simulate a search', 'I will simulate a search for it.'),
    asked('The price and revenue of Acme', '', call('price_lookup', { product: 'Acme' })),
  ])('is silent where the call is the right one', (trace) => {
    expect(causes(toolWrongTool, trace)).toEqual([]);
  });
});

test.each(['I simulate ', 'in a real scenario I would ', 'Ab '])(
  'long runs of %j are read in linear time',
  (unit) => {
    // A quadratic reader exceeds the time limit of a test.
    const trace = makeTrace({ messages: [assistant(unit.repeat(100_000))] });
    expect(pretendedWork(runOf(trace))?.path ?? '/messages/0/content').toBe('/messages/0/content');
  },
);
