import { describe, expect, it } from 'vitest';
import {
  assistant,
  defaultOptions,
  makeSpan,
  makeTrace,
  user,
  yes,
} from '../../../testing/trace.ts';
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
    ['a recorded length', answered(`${long}Done.`, 'length', 17), 'token limit'],
    ['open JSON', answered(midJson, null, null), 'breaks off|inside JSON'],
    [
      'a sentence that ends at 256 tokens',
      answered(midSentence, null, 256),
      'breaks off|in the middle of a sentence',
    ],
    [
      'a sentence that ends at 500 tokens',
      answered(midSentence, null, 500),
      'breaks off|in the middle of a sentence',
    ],
  ])('sees %s', (_, trace, fingerprint) => {
    const signals = yes(truncation, trace);
    expect(signals.map((signal) => signal.fingerprint)).toEqual([`truncation|${fingerprint}`]);
    expect(signals[0]?.evidence.every((item) => isVerbatim(trace, item))).toBe(true);
  });

  it.each([
    ['cannot tell by an unfinished sentence alone', answered(midSentence, null, null), 'unknown'],
    ['nor at a count that is no limit', answered(midSentence, null, 257), 'unknown'],
    ['believes a model that says it stopped', answered(midSentence, 'stop', 256), 'no'],
    ['takes a whole answer as whole', answered(`${long}Done.`, null, 256), 'no'],
    ['has nothing to judge without output', makeTrace(), 'unknown'],
  ])('%s', (_, trace, verdict) => {
    expect(truncation.detect(trace, defaultOptions)).toMatchObject([{ verdict }]);
  });
});
