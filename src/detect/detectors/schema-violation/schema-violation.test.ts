import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../contract/json.ts';
import { assistant, call, makeTrace, result, tool, user, yes } from '../../../testing/trace.ts';
import { toolArgumentMismatch } from '../tool-argument-mismatch/tool-argument-mismatch.ts';
import { schemaViolation } from './schema-violation.ts';

const weather = tool(
  'get_weather_forecast',
  { city: { type: 'string' }, days: { type: 'integer' } },
  ['city'],
  'Weather forecast for a city.',
);
const prints = (...args: Parameters<typeof yes>) =>
  yes(...args).map((signal) => signal.fingerprint);

describe('schemaViolation', () => {
  it('tells broken calls in text from broken arguments', () => {
    const text = "['get_weather_forecast(city=1)']";
    expect(
      prints(
        schemaViolation,
        makeTrace({ tools: [weather], messages: [user('Rain?'), assistant(text)] }),
      ),
    ).toEqual(['schema_violation|quoted call']);
    const bad = assistant('', call('get_weather_forecast', { days: 'two' }));
    expect(
      prints(schemaViolation, makeTrace({ tools: [weather], messages: [user('Rain?'), bad] })),
    ).toEqual([
      'schema_violation|argument missing|get_weather_forecast.city',
      'schema_violation|argument wrong type|get_weather_forecast.days',
    ]);
  });

  it('takes null for a value of the wrong type, and leaves faults inside an object to the argument mismatch', () => {
    const order = tool('order', {
      note: { type: 'string' },
      gift: { type: 'string', default: null },
      coupon: { type: 'string', default: 'None' },
      address: { type: 'object', properties: { zip: { type: 'string' } } },
    });
    const made = (given: JsonObject) =>
      makeTrace({ tools: [order], messages: [user('Go'), assistant('', call('order', given))] });
    expect(prints(schemaViolation, made({ note: null }))).toEqual([
      'schema_violation|argument null for optional|order.note',
    ]);
    expect(prints(schemaViolation, made({ gift: null, coupon: null }))).toEqual([]);
    expect(prints(schemaViolation, made({ address: { zip: 5 } }))).toEqual([]);
    expect(prints(toolArgumentMismatch, made({ address: { zip: 5 } }))).toEqual([
      'tool_argument_mismatch|wrong type|order.address.zip',
    ]);
  });

  it('sees arguments that are no JSON at all', () => {
    const bad = assistant('', call('get_weather_forecast', '{"city": "Ulm"'));
    expect(
      prints(schemaViolation, makeTrace({ tools: [weather], messages: [user('Rain?'), bad] })),
    ).toEqual(['schema_violation|arguments not json']);
  });

  it('hears a tool that turns down the form of its arguments, until it accepts them', () => {
    const step = (id: string, args: Record<string, string>, outcome: string) => [
      assistant('', call('page_down', args, id)),
      result(id, 'page_down', outcome),
    ];
    const complaint =
      "Call id: c1\nError:\nError when executing tool page_down: TypeError: forward() got an unexpected keyword argument ''";
    const failed = makeTrace({ messages: [user('Read on'), ...step('c1', { '': '' }, complaint)] });
    expect(prints(schemaViolation, failed)).toEqual([
      'schema_violation|arguments turned down|page_down|got an unexpected keyword argument',
    ]);
    const recovered = makeTrace({
      messages: [...failed.messages, ...step('c2', {}, 'Page 2 of 3')],
    });
    expect(prints(schemaViolation, recovered)).toEqual([]);
  });

  it('sees code that does not parse', () => {
    const trace = makeTrace({
      messages: [
        user('Run it'),
        assistant('', call('python', 'print(', 'c1')),
        result('c1', 'python', "SyntaxError: '(' was never closed"),
      ],
    });
    expect(prints(schemaViolation, trace)).toEqual(['schema_violation|code does not parse']);
  });

  it('sees a text that code walked through letter by letter', () => {
    const ran = (printed: string) =>
      makeTrace({
        messages: [
          user('List the files'),
          assistant('', call('python', 'for item in tree: print(item)', 'c1')),
          result('c1', 'python', printed),
        ],
      });
    expect(prints(schemaViolation, ran('First:\nD\ni\nr\ns\n\nh\ne\nr\ne\n:\n'))).toEqual([
      'schema_violation|text taken for a list',
    ]);
    expect(prints(schemaViolation, ran('a\nb\nc\nd\ne\nf\ng\nh\n'))).toEqual([]);
  });

  it('sees arguments wrapped in an argument of their own', () => {
    const bad = assistant('', call('get_weather_forecast', { params: { city: 'Ulm' } }));
    expect(
      prints(schemaViolation, makeTrace({ tools: [weather], messages: [user('Rain?'), bad] })),
    ).toEqual(['schema_violation|wrapped arguments']);
  });

  it('is silent on calls that fit and on plain answers', () => {
    const good = assistant('', call('get_weather_forecast', { city: 'Ulm', days: 2 }));
    for (const message of [good, assistant('It will rain in Ulm.')]) {
      expect(
        prints(
          schemaViolation,
          makeTrace({ tools: [weather], messages: [user('Rain?'), message] }),
        ),
      ).toEqual([]);
    }
  });
});
