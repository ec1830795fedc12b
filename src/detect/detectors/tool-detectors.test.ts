import { describe, expect, it } from 'vitest';
import { assistant, call, makeTrace, result, tool, user, yes } from '../../testing/trace.ts';
import { toolCallCount } from './tool-call-count/tool-call-count.ts';
import { toolWrongTool } from './tool-wrong-tool/tool-wrong-tool.ts';

const weather = tool(
  'get_weather_forecast',
  { city: { type: 'string' }, days: { type: 'integer' } },
  ['city'],
  'Weather forecast for a city.',
);
const lawyer = tool(
  'find_divorce_lawyer',
  { area: { type: 'string' } },
  [],
  'Find a lawyer by specialty.',
);

const prints = (...args: Parameters<typeof yes>) =>
  yes(...args).map((signal) => signal.fingerprint);

describe('toolWrongTool', () => {
  it.each([
    ['weather_now', 'tool_wrong_tool|not offered|unknown name|weather_now'],
    ['weather_forecast', 'tool_wrong_tool|not offered|name altered|weather_forecast'],
  ])('sees that %s was not offered', (name, fingerprint) => {
    const trace = makeTrace({
      tools: [weather],
      messages: [user('Weather forecast for Ulm'), assistant('', call(name, { city: 'Ulm' }))],
    });
    expect(prints(toolWrongTool, trace)).toEqual([fingerprint]);
  });

  it('believes the runtime once it has answered', () => {
    const answered = (text: string) =>
      makeTrace({
        tools: [weather],
        messages: [
          user('Run it'),
          assistant('', call('python', 'x', 'c1')),
          result('c1', 'python', text),
        ],
      });
    expect(prints(toolWrongTool, answered('42'))).toEqual([]);
    expect(prints(toolWrongTool, answered('FileNotFoundError: a.txt'))).toEqual([]);
    expect(prints(toolWrongTool, answered('Error: unknown tool python'))).toEqual([
      'tool_wrong_tool|not offered|unknown name|python',
    ]);
  });

  it('takes a name with other punctuation for the same', () => {
    const trace = makeTrace({
      tools: [tool('weather.forecast', { city: { type: 'string' } })],
      messages: [
        user('Weather forecast for Ulm'),
        assistant('', call('weather_forecast', { city: 'Ulm' })),
      ],
    });
    expect(prints(toolWrongTool, trace)).toEqual([]);
  });

  it('sees a tool that has nothing to do with the request', () => {
    const asked = (text: string) =>
      makeTrace({
        tools: [lawyer],
        messages: [user(text), assistant('', call('find_divorce_lawyer', { area: 'security' }))],
      });
    expect(prints(toolWrongTool, asked('Where can I hire a bodyguard?'))).toEqual([
      'tool_wrong_tool|irrelevant tool|find_divorce_lawyer',
    ]);
    expect(prints(toolWrongTool, asked('I want a lawyer for my divorce.'))).toEqual([]);
  });

  it('sees a failed tool whose place another one took', () => {
    const trace = makeTrace({
      messages: [
        user('Find booking QX7711'),
        assistant('', call('get_flight', { id: 'QX7711' }, 'c1')),
        result('c1', 'get_flight', 'Error: no such flight'),
        assistant('', call('get_booking', { id: 'QX7711' }, 'c2')),
        result('c2', 'get_booking', '{"id": "QX7711"}'),
      ],
    });
    expect(prints(toolWrongTool, trace)).toEqual([
      'tool_wrong_tool|another tool worked|get_flight → get_booking',
    ]);
  });

  it('takes a look at a file between two tries of an edit for care', () => {
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
    expect(prints(toolWrongTool, trace)).toEqual([]);
  });
});

describe('toolWrongTool, held against the request', () => {
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
      'arguments of another tool|triangle_area → circle_area',
    ],
    [
      'another tool that is closer',
      asked(
        'Forecast the revenue of the company Acme',
        '',
        call('price_lookup', { product: 'Acme' }),
      ),
      'another tool is closer|price_lookup → revenue_forecast',
    ],
    [
      'a number that nobody gave',
      asked('What is the area of a circle?', '', call('circle_area', { radius: 3 })),
      'nothing to call it with|circle_area',
    ],
    [
      'a required text left empty',
      asked('The price of a product', '', call('price_lookup', { product: '' })),
      'nothing to call it with|price_lookup',
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
  ])('sees %s', (_, trace, kind) => {
    expect(prints(toolWrongTool, trace)).toEqual([`tool_wrong_tool|${kind}`]);
  });

  it.each([
    asked('The area of a circle of radius 3', '', call('circle_area', { radius: 3 })),
    asked('Simulate a search', 'I will simulate a search for it.'),
    asked('The price and revenue of Acme', '', call('price_lookup', { product: 'Acme' })),
  ])('is silent where the call is the right one', (trace) => {
    expect(prints(toolWrongTool, trace)).toEqual([]);
  });
});

describe('toolCallCount', () => {
  const asked = (text: string, ...calls: Parameters<typeof assistant>[1][]) =>
    makeTrace({ tools: [weather, lawyer], messages: [user(text), assistant('', ...calls)] });
  const ulm = call('get_weather_forecast', { city: 'Ulm', days: 3 });

  it.each([
    ['one of two places', asked('Forecast for Ulm and Paris, 3 days', ulm), 'one of several'],
    [
      'the same measure twice',
      asked('The forecast for Ulm for 3 days, then 5 days for the coast', ulm),
      'second set of values',
    ],
    [
      'an offered tool left aside',
      asked('Weather forecast for Ulm for 3 days, and a divorce lawyer by specialty 77', ulm),
      'tool never called',
    ],
    [
      'the rest of a list',
      asked(
        "Forecast for 'Ulm', 'Bonn', and 'Trier'",
        call('get_weather_forecast', { city: 'Ulm' }),
      ),
      'one of several',
    ],
    [
      'the rest of a list of words',
      asked(
        'Forecast for the cities of ulm and bonn',
        call('get_weather_forecast', { city: 'ulm' }),
      ),
      'one of several',
    ],
    [
      'a tool called by its name',
      asked('Forecast for Ulm, then use find_divorce_lawyer', ulm),
      'tool never called',
    ],
    [
      'tasks told apart',
      asked('Forecast for Ulm, 3 days. Also, what is a fjord? Lastly, find me a hotel.', ulm),
      'several tasks',
    ],
    [
      'things told apart',
      asked('The first city is Ulm, the second city is near it. And the third is not', ulm),
      'several tasks',
    ],
    [
      'one call made twice',
      asked('Forecast for Ulm, 3 days', ulm, ulm),
      'same call twice|get_weather_forecast',
    ],
  ])('sees %s', (_, trace, kind) => {
    expect(prints(toolCallCount, trace)).toEqual([`tool_call_count|${kind}`]);
  });

  it('is silent when there are as many calls as asked for', () => {
    for (const text of [
      'Forecast for Ulm, 3 days',
      'Forecast for Ulm, 3 days. Also, thanks for the last one.',
      'Forecast for Ulm, 3 days, with wind and rain',
      'Forecast for Ulm, 3 days, and do not use find_divorce_lawyer',
    ]) {
      expect(prints(toolCallCount, asked(text, ulm)), text).toEqual([]);
    }
    const done = asked('Forecast for Ulm and Paris, 3 days', ulm);
    const answer = [
      result('call-1', 'get_weather_forecast', 'sun'),
      assistant('Sun in Ulm and in Paris.'),
    ];
    expect(
      prints(
        toolCallCount,
        makeTrace({
          ...done,
          messages: [...done.messages, ...answer],
          output: 'Sun in Ulm and in Paris.',
        }),
      ),
    ).toEqual([]);
    const paris = call('get_weather_forecast', { city: 'Paris', days: 3 });
    expect(prints(toolCallCount, asked('Forecast for Ulm and Paris, 3 days', ulm, paris))).toEqual(
      [],
    );
  });
});
