import { describe, expect, it, test } from 'vitest';
import type { JsonObject } from '../../../contract/json.ts';
import {
  assistant,
  call,
  causes,
  makeTrace,
  result,
  tool,
  user,
  weather,
} from '../../../testing/trace.ts';
import { toolArgumentMismatch } from '../tool-argument-mismatch/tool-argument-mismatch.ts';
import { schemaViolation } from './schema-violation.ts';
import { spelledOut } from './spelled-out.ts';

describe('schemaViolation', () => {
  it('distinguishes broken calls in text from broken arguments', () => {
    const text = "['get_weather_forecast(city=1)']";
    expect(
      causes(
        schemaViolation,
        makeTrace({ tools: [weather], messages: [user('Rain?'), assistant(text)] }),
      ),
    ).toEqual(['quoted call']);
    const bad = assistant('', call('get_weather_forecast', { days: 'two' }));
    expect(
      causes(schemaViolation, makeTrace({ tools: [weather], messages: [user('Rain?'), bad] })),
    ).toEqual([
      'argument missing | get_weather_forecast.city',
      'argument wrong type | get_weather_forecast.days',
    ]);
  });

  it('reports null for an optional argument, and leaves faults inside an object to the argument mismatch', () => {
    const order = tool('order', {
      note: { type: 'string' },
      gift: { type: 'string', default: null },
      coupon: { type: 'string', default: 'None' },
      address: { type: 'object', properties: { zip: { type: 'string' } } },
    });
    const made = (given: JsonObject) =>
      makeTrace({ tools: [order], messages: [user('Go'), assistant('', call('order', given))] });
    expect(causes(schemaViolation, made({ note: null }))).toEqual([
      'argument null for optional | order.note',
    ]);
    expect(causes(schemaViolation, made({ gift: null, coupon: null }))).toEqual([]);
    expect(causes(schemaViolation, made({ address: { zip: 5 } }))).toEqual([]);
    expect(causes(toolArgumentMismatch, made({ address: { zip: 5 } }))).toEqual([
      'wrong type | order.address.zip',
    ]);
  });

  it('finds arguments that are not JSON', () => {
    const bad = assistant('', call('get_weather_forecast', '{"city": "Ulm"'));
    expect(
      causes(schemaViolation, makeTrace({ tools: [weather], messages: [user('Rain?'), bad] })),
    ).toEqual(['arguments not json']);
  });

  it('finds a tool that rejects the form of its arguments until it accepts them', () => {
    const step = (id: string, args: Record<string, string>, outcome: string) => [
      assistant('', call('page_down', args, id)),
      result(id, 'page_down', outcome),
    ];
    const complaint =
      "Call id: c1\nError:\nError when executing tool page_down: TypeError: forward() got an unexpected keyword argument ''";
    const failed = makeTrace({ messages: [user('Read on'), ...step('c1', { '': '' }, complaint)] });
    expect(causes(schemaViolation, failed)).toEqual([
      'arguments turned down | page_down | got an unexpected keyword argument',
    ]);
    const recovered = makeTrace({
      messages: [...failed.messages, ...step('c2', {}, 'Page 2 of 3')],
    });
    expect(causes(schemaViolation, recovered)).toEqual([]);
  });

  it('finds code that does not parse', () => {
    const trace = makeTrace({
      messages: [
        user('Run it'),
        assistant('', call('python', 'print(', 'c1')),
        result('c1', 'python', "SyntaxError: '(' was never closed"),
      ],
    });
    expect(causes(schemaViolation, trace)).toEqual(['code does not parse']);
  });

  it('finds a text that code iterated over letter by letter', () => {
    const ran = (printed: string) =>
      makeTrace({
        messages: [
          user('List the files'),
          assistant('', call('python', 'for item in tree: print(item)', 'c1')),
          result('c1', 'python', printed),
        ],
      });
    expect(causes(schemaViolation, ran('First:\nD\ni\nr\ns\n\nh\ne\nr\ne\n:\n'))).toEqual([
      'text taken for a list',
    ]);
    expect(causes(schemaViolation, ran('a\nb\nc\nd\ne\nf\ng\nh\n'))).toEqual([]);
  });

  it('finds arguments wrapped in another argument', () => {
    const bad = assistant('', call('get_weather_forecast', { params: { city: 'Ulm' } }));
    expect(
      causes(schemaViolation, makeTrace({ tools: [weather], messages: [user('Rain?'), bad] })),
    ).toEqual(['wrapped arguments']);
  });

  it('is silent on calls that fit and on plain answers', () => {
    const good = assistant('', call('get_weather_forecast', { city: 'Ulm', days: 2 }));
    for (const message of [good, assistant('It will rain in Ulm.')]) {
      expect(
        causes(
          schemaViolation,
          makeTrace({ tools: [weather], messages: [user('Rain?'), message] }),
        ),
      ).toEqual([]);
    }
  });
});

test.each(['a\n', 'ab\n', '\n'])('spelledOut reads long runs of %j in linear time', (unit) => {
  // A quadratic reader exceeds the time limit of a test.
  expect(spelledOut(unit.repeat(100_000))).toBeNull();
});
