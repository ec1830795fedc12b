import { expect, test } from 'vitest';
import { parseScoreRule } from './score-rule.ts';

test.each([
  ['groundedness<0.7', { name: 'groundedness', comparison: '<', threshold: 0.7 }],
  ['toxicity >= 0.5', { name: 'toxicity', comparison: '>=', threshold: 0.5 }],
  ['answer relevancy<=1e-3', { name: 'answer relevancy', comparison: '<=', threshold: 0.001 }],
  ['verdict=incorrect', { name: 'verdict', comparison: '=', threshold: 'incorrect' }],
  ['verdict==fail', { name: 'verdict', comparison: '=', threshold: 'fail' }],
  ['verdict != pass', { name: 'verdict', comparison: '!=', threshold: 'pass' }],
  ['rating=1', { name: 'rating', comparison: '=', threshold: 1 }],
  ['drift>-2', { name: 'drift', comparison: '>', threshold: -2 }],
])('%s is a rule', (text, rule) => {
  expect(parseScoreRule(text)).toEqual(rule);
});

test.each([
  ['groundedness', 'expected NAME, a comparison, and VALUE'],
  ['<0.7', 'expected NAME, a comparison, and VALUE'],
  ['groundedness<', 'expected NAME, a comparison, and VALUE'],
  ['a<b<c', 'expected NAME, a comparison, and VALUE'],
  ['', 'expected NAME, a comparison, and VALUE'],
  ['groundedness<low', '< needs a number, not "low"'],
])('rejects %s with the reason', (text, reason) => {
  expect(() => parseScoreRule(text)).toThrowError(
    expect.objectContaining({ code: 'invalid_option', message: expect.stringContaining(reason) }),
  );
});
