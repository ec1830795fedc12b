import { describe, expect, it } from 'vitest';
import { assistant, makeSpan, makeTrace, signalsOf, user, yes } from '../../../testing/trace.ts';
import { isVerbatim } from '../../evidence.ts';
import { truncation } from './truncation.ts';

const long = 'This sentence is here to make the text long enough to be judged at all. '.repeat(4);
const midSentence = `${long}Then add the`;
const midJson = `{"items": "${long}", "name": "x`;

const answered = (output: string, finishReason: string | null, outputTokens: number | null) => {
  const usage = { ...makeTrace().usage, outputTokens };
  return makeTrace({
    messages: [user('How?'), assistant(output)],
    spans: [makeSpan({ kind: 'model', finishReason, output, usage })],
  });
};

describe('truncation', () => {
  it.each([
    ['a recorded length', answered(`${long}Done.`, 'length', 17), ['token limit']],
    ['open JSON', answered(midJson, null, null), ['breaks off', 'inside json']],
    [
      'a sentence that ends at 256 tokens',
      answered(midSentence, null, 256),
      ['breaks off', 'in the middle of a sentence'],
    ],
    [
      'a sentence that ends at 500 tokens',
      answered(midSentence, null, 500),
      ['breaks off', 'in the middle of a sentence'],
    ],
  ])('sees %s', (_, trace, cause) => {
    const signals = yes(truncation, trace);
    expect(signals.map((signal) => signal.cause)).toEqual([cause]);
    expect(signals[0]?.evidence.every((item) => isVerbatim(trace, item))).toBe(true);
  });

  it.each([
    ['cannot tell from an unfinished sentence alone', answered(midSentence, null, null), 'unknown'],
    ['nor at a token count that is not a limit', answered(midSentence, null, 257), 'unknown'],
    ['believes a model that says it stopped', answered(midSentence, 'stop', 256), 'no'],
    ['accepts a complete answer', answered(`${long}Done.`, null, 256), 'no'],
    ['has nothing to judge without output', makeTrace(), 'unknown'],
  ])('%s', (_, trace, verdict) => {
    expect(signalsOf(truncation, trace)).toMatchObject([{ verdict }]);
  });

  it('uses the finish reason of the last model call', () => {
    const spans = (last: string) => [
      makeSpan({ id: 'a', kind: 'model', finishReason: 'length', output: 'x' }),
      makeSpan({ id: 'b', kind: 'model', finishReason: last, output: 'The end of it' }),
    ];
    expect(
      yes(truncation, makeTrace({ output: 'The end of it', spans: spans('length') })),
    ).toMatchObject([{ cause: ['token limit'], spanId: 'b' }]);
    expect(yes(truncation, makeTrace({ output: 'The end.', spans: spans('stop') }))).toEqual([]);
  });
});
