import { expect, test } from 'vitest';
import type { Evidence } from '../contract/signal.ts';
import { makeTrace, runOf } from '../testing/trace.ts';
import { Finding } from './finding.ts';

const claim = (...evidence: (Evidence | null)[]) => ({ cause: [], statement: 'Late', evidence });
const run = () => runOf(makeTrace({ output: 'It is late.' }));

test('a finding quotes the trace', () => {
  const made = run();
  const finding = made.finding(claim(made.quote('/output', 'late')));
  expect(Finding.is(finding)).toBe(true);
  expect(finding?.evidence[0].quote).toContain('late');
});

test.each([
  ['a text that is not there', run().quote('/output', 'early')],
  ['evidence built by hand', { spanId: null, path: '/output', quote: 'early' }],
])('a claim that quotes %s is dropped and counted', (_, evidence) => {
  const made = run();
  expect(made.finding(claim(evidence))).toBeNull();
  expect(made.dropped).toBe(1);
});

test.each([
  ['an empty list', []],
  ['nothing', undefined],
])('a claim with %s as evidence is an error that says what to pass', (_, evidence) => {
  expect(() =>
    run().finding({ cause: [], statement: 'Late', evidence: evidence as never }),
  ).toThrow('run.finding needs evidence: pass at least one quote, made with run.quote(path, text)');
});

test('an object with the same fields is no finding', () => {
  const made = run();
  expect(Finding.is({ ...made.finding(claim(made.quote('/output', 'late'))) })).toBe(false);
});
