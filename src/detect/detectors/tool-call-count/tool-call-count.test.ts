import { describe, expect, it, test } from 'vitest';
import {
  assistant,
  call,
  causes,
  lawyer,
  makeTrace,
  result,
  user,
  weather,
} from '../../../testing/trace.ts';
import { taskMarkers } from './task-markers.ts';
import { toolCallCount } from './tool-call-count.ts';

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
      'same call twice | get_weather_forecast',
    ],
  ])('finds %s', (_, trace, kind) => {
    expect(causes(toolCallCount, trace)).toEqual([kind]);
  });

  it('is silent when there are as many calls as asked for', () => {
    for (const text of [
      'Forecast for Ulm, 3 days',
      'Forecast for Ulm, 3 days. Also, thanks for the last one.',
      'Forecast for Ulm, 3 days, with wind and rain',
      'Forecast for Ulm, 3 days, and do not use find_divorce_lawyer',
    ]) {
      expect(causes(toolCallCount, asked(text, ulm)), text).toEqual([]);
    }
    const done = asked('Forecast for Ulm and Paris, 3 days', ulm);
    const answer = [
      result('call-1', 'get_weather_forecast', 'sun'),
      assistant('Sun in Ulm and in Paris.'),
    ];
    expect(
      causes(
        toolCallCount,
        makeTrace({
          ...done,
          messages: [...done.messages, ...answer],
          output: 'Sun in Ulm and in Paris.',
        }),
      ),
    ).toEqual([]);
    const paris = call('get_weather_forecast', { city: 'Paris', days: 3 });
    expect(causes(toolCallCount, asked('Forecast for Ulm and Paris, 3 days', ulm, paris))).toEqual(
      [],
    );
  });
});

describe('taskMarkers', () => {
  it.each([
    ['First, a sum. Second, a map. Lastly, a song.', ['First', 'Second', 'Lastly']],
    ['A sum. Also, a map. Finally, a song.', ['Also', 'Finally']],
    ['The first is red, the second is blue, the third is green.', ['first', 'second', 'third']],
    ['A sum. Also, a map.', null],
    ['Also, also, also.', null],
    ['Who came first, and who finally won?', null],
  ])('finds in %j: %j', (text, expected) => {
    expect(taskMarkers(text)).toEqual(expected);
  });
});

test.each(['. first', 'Ab, ', "'a', "])(
  'taskMarkers reads long runs of %j in linear time',
  (unit) => {
    // A quadratic reader exceeds the time limit of a test.
    expect(taskMarkers(unit.repeat(100_000))).toBeNull();
  },
);
