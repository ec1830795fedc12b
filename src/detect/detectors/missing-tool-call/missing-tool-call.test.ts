import { describe, expect, it, test } from 'vitest';
import {
  assistant,
  call,
  fileOf,
  makeSpan,
  makeTrace,
  result,
  system,
  user,
  weather,
  yes,
} from '../../../testing/trace.ts';
import { isVerbatim } from '../../evidence.ts';
import { missingToolCall } from './missing-tool-call.ts';

describe('missingToolCall', () => {
  const answered = (answer: string, ask = 'What is the weather forecast for Ulm?') =>
    makeTrace({ tools: [weather], messages: [user(ask), assistant(answer)] });

  it.each([
    [
      'Use it like this:\n```python\nx = get_weather_forecast("Ulm")\n```',
      ['explained instead of called'],
    ],
    ['I will now use get_weather_forecast.', ['announced, not made']],
    ['It will be sunny and warm all week.', ['answered without call']],
  ])('sees in %j: %j', (answer, cause) => {
    expect(yes(missingToolCall, answered(answer)).map((signal) => signal.cause)).toEqual([cause]);
  });

  it.each([
    'Which city do you mean, and could you tell me for how many days?',
    'Unfortunately none of my tools covers that.',
    '[get_weather_forecast(city="Ulm")]',
  ])('accepts %j', (answer) => {
    expect(yes(missingToolCall, answered(answer))).toEqual([]);
  });

  it('accepts an answer that needs no tool', () => {
    expect(yes(missingToolCall, answered('Paris.', 'What is the capital of France?'))).toEqual([]);
  });
});

describe('missingToolCall when only the system prompt mentions tools', () => {
  const answered = (answer: string, ask = 'Create an event for the reunion from the mails.') =>
    makeTrace({
      messages: [system('Help the user with the given tools.'), user(ask), assistant(answer)],
    });

  it.each([
    ['The relevant tool is the `create_event` function.', ['announced, not made']],
    ["I'll need to access your mails to find it.", ['announced, not made']],
    ['The available tools do not allow to list mails.', ['announced, not made']],
    ['I have created the event.', ['claimed', 'write']],
    ['The reunion is a nice idea.', ['left out', 'write']],
  ])('sees in %j: %j', (answer, cause) => {
    const trace = answered(answer);
    const signals = yes(missingToolCall, trace);
    expect(signals.map((signal) => signal.cause)).toEqual([cause]);
    expect(signals[0]?.evidence.every((item) => isVerbatim(trace, item))).toBe(true);
  });

  it.each(['On which day is it?', 'Sorry, I do not plan reunions.'])('accepts %j', (answer) => {
    expect(yes(missingToolCall, answered(answer))).toEqual([]);
  });

  it.each([
    ['small talk', 'Hi there', 'Hello! How are you?'],
    ['a function of a library', 'How do I load a CSV?', 'You can use `read_csv` of pandas.'],
    ['a file', 'Which file is it?', 'It should be used as `grocery_list.txt`.'],
  ])('accepts %s', (_, ask, answer) => {
    expect(yes(missingToolCall, answered(answer, ask))).toEqual([]);
  });
});

test.each([
  ['length', []],
  ['stop', [['answered without call']]],
] as const)('an answer that stopped by %s', (finishReason, expected) => {
  const answer = 'It will be sunny and warm all';
  const trace = makeTrace({
    tools: [weather],
    messages: [user('What is the weather forecast for Ulm?'), assistant(answer)],
    spans: [makeSpan({ kind: 'model', output: answer, finishReason })],
  });
  expect(yes(missingToolCall, trace).map(({ cause }) => cause)).toEqual(expected);
});

test('a run without a call where nearly all others make one', () => {
  const looked = makeTrace({
    messages: [
      user('Is the pool open?'),
      assistant('', call('get_hours', {})),
      result('call-1', 'get_hours', '8 to 20'),
      assistant('Yes, until 20.'),
    ],
  });
  const told = makeTrace({ messages: [user('Is the pool open?'), assistant('Yes, until 22.')] });
  const most = fileOf([...Array.from({ length: 9 }, () => looked), told]);
  const half = fileOf([
    ...Array.from({ length: 9 }, () => looked),
    ...Array.from({ length: 9 }, () => told),
  ]);
  expect(yes(missingToolCall, told, {}, most)).toMatchObject([
    { tier: 'likely', cause: ['no call, unlike other runs'] },
  ]);
  expect(yes(missingToolCall, told, {}, half)).toEqual([]);
  expect(yes(missingToolCall, looked, {}, most)).toEqual([]);
});
