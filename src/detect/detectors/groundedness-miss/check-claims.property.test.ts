import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assistant, makeTrace, signalsOf, user } from '../../../testing/trace.ts';
import { isVerbatim } from '../../evidence.ts';
import type { Context } from '../../run/sources.ts';
import { checkClaims } from './check-claims.ts';
import { groundednessMiss } from './groundedness-miss.ts';

const name = fc.constantFrom('Anna Berg', 'Lake Providence', 'Widnes', 'Carl Owen', 'Booker Prize');
const phrase = fc.constantFrom(
  'won the race by two minutes',
  'did not sign the treaty of 1894',
  'paid 3.5 million pounds for the flat',
  'said "the shortlist was weaker than ever"',
  'scored 14-6 before half-time on 3 May 2015',
  'never spoke of her brother',
);
const sentence = fc
  .tuple(name, phrase, name)
  .map(([who, did, whom]) => `${who} ${did} near ${whom}.`);
const source = fc.array(sentence, { minLength: 4, maxLength: 12 });

const passage = (text: string): Context => ({
  kind: 'passage',
  strict: true,
  complete: true,
  conversation: '',
  sources: [{ path: '/input', text, spanId: null }],
});

test('what is copied from the source is supported', () => {
  fc.assert(
    fc.property(source, fc.array(fc.nat(100), { minLength: 1, maxLength: 5 }), (given, picks) => {
      const copied = picks.map((pick) => given[pick % given.length]).join(' ');
      expect(checkClaims(copied, passage(given.join(' ')))).toEqual([]);
    }),
    { seed: 11, numRuns: 200 },
  );
});

test('claims and the sentences they contradict are verbatim, whatever is summarized', () => {
  const task = 'Summarize the following text.\n\n';
  fc.assert(
    fc.property(source, source, (given, answered) => {
      const trace = makeTrace({
        messages: [user(task + given.join(' ').padEnd(300, ' .')), assistant(answered.join(' '))],
      });
      for (const signal of signalsOf(groundednessMiss, trace))
        for (const evidence of signal.evidence) expect(isVerbatim(trace, evidence)).toBe(true);
    }),
    { seed: 12, numRuns: 200 },
  );
});
