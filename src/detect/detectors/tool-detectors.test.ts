import { describe, expect, it } from 'vitest';
import {
  assistant,
  defaultOptions,
  makeSpan,
  makeTrace,
  tool,
  user,
  yes,
} from '../../testing/trace.ts';
import { missingToolCall } from './missing-tool-call/missing-tool-call.ts';
import { truncation } from './truncation/truncation.ts';

const weather = tool(
  'get_weather_forecast',
  { city: { type: 'string' }, days: { type: 'integer' } },
  ['city'],
  'Weather forecast for a city.',
);
const prints = (...args: Parameters<typeof yes>) =>
  yes(...args).map((signal) => signal.fingerprint);

describe('missingToolCall', () => {
  const answered = (answer: string, ask = 'What is the weather forecast for Ulm?') =>
    makeTrace({ tools: [weather], messages: [user(ask), assistant(answer)] });

  it.each([
    [
      'Use it like this:\n```python\nx = get_weather_forecast("Ulm")\n```',
      'explained instead of called',
    ],
    ['I will now use get_weather_forecast.', 'announced, not made'],
    ['It will be sunny and warm all week.', 'answered without call'],
  ])('sees in %j: %s', (answer, kind) => {
    expect(prints(missingToolCall, answered(answer))).toEqual([`missing_tool_call|${kind}`]);
  });

  it.each([
    'Which city do you mean, and could you tell me for how many days?',
    'Unfortunately none of my tools covers that.',
    '[get_weather_forecast(city="Ulm")]',
  ])('lets %j be', (answer) => {
    expect(prints(missingToolCall, answered(answer))).toEqual([]);
  });

  it('lets an answer be that needs no tool', () => {
    expect(prints(missingToolCall, answered('Paris.', 'What is the capital of France?'))).toEqual(
      [],
    );
  });
});

describe('truncation', () => {
  it('believes the finish reason of the last model call', () => {
    const spans = (last: string) => [
      makeSpan({ id: 'a', kind: 'model', finishReason: 'length', output: 'x' }),
      makeSpan({ id: 'b', kind: 'model', finishReason: last, output: 'The end of it' }),
    ];
    expect(
      yes(truncation, makeTrace({ output: 'The end of it', spans: spans('length') })),
    ).toMatchObject([{ fingerprint: 'truncation|token limit', spanId: 'b' }]);
    expect(prints(truncation, makeTrace({ output: 'The end.', spans: spans('stop') }))).toEqual([]);
  });

  it('cannot tell without output', () => {
    expect(truncation.detect(makeTrace(), defaultOptions)).toMatchObject([{ verdict: 'unknown' }]);
  });
});
