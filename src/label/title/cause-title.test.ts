import { expect, test } from 'vitest';
import type { Cause } from '../../contract/cause.ts';
import type { Atom } from '../../contract/condition.ts';
import type { Signal } from '../../contract/signal.ts';
import { makeFailure, makeSignal } from '../../testing/signal.ts';
import { makeTrace } from '../../testing/trace.ts';
import { findingKey } from '../../text/cause.ts';
import { sentence, statement, tool, word } from '../../text/statement.ts';
import { causeTitle } from './cause-title.ts';

const atom = (kind: string, key: string, says: string): Atom => ({
  fact: { key, kind, role: 'signal', weight: 1, grouped: false, statement: sentence(says) },
  least: null,
  most: null,
});

const cause = (...atoms: readonly Atom[]): Cause => ({
  condition: { atoms: [...atoms] },
  state: 'tested',
  meets: { failed: 9, failures: 20, passed: 0, passes: 20, isEstimate: false },
  toSettle: null,
  returns: 1,
  mayLead: true,
  place: 0,
});

const says = (detector: string, ...statements: readonly string[]): readonly Signal[] =>
  statements.map((each) => makeSignal({ detector, statement: sentence(each) }));

const members = (...signals: readonly (readonly Signal[])[]) =>
  signals.map((each, row) => makeFailure({ trace: makeTrace({ id: `${row}` }), signals: each }));

const ALL = atom('finding', findingKey('grounding'), 'the detector grounding says so');

test('all findings of a detector are titled by what it says of the members, most often first', () => {
  const found = members(
    says('grounding', 'The answer invents a number'),
    says('grounding', 'The answer invents a name'),
    [...says('other', 'The run loops'), ...says('grounding', 'The answer invents a name')],
  );
  expect(causeTitle(cause(ALL), found)).toBe(
    'The answer invents a name, or the answer invents a number',
  );
});

test.each([
  { more: 1, end: 'or a similar problem' },
  { more: 3, end: 'or one of 3 similar problems' },
])('$more more than two forms are counted', ({ more, end }) => {
  const forms = ['a name', 'a number', ...Array.from({ length: more }, (_, at) => `form ${at}`)];
  const found = members(...forms.map((form) => says('grounding', `The answer invents ${form}`)));
  expect(causeTitle(cause(ALL), found)).toBe(
    `The answer invents a name, or the answer invents a number, ${end}`,
  );
});

test('forms that differ in what stands in brackets, or in what a call failed with, are one', () => {
  const found = members(
    says('grounding', 'The answer invents a name (of a place)'),
    says('grounding', 'The answer invents a name'),
  );
  expect(causeTitle(cause(ALL), found)).toBe('The answer invents a name');
  const failing = ['timeout', 'no connection'].map((text) => [
    makeSignal({
      detector: 'grounding',
      statement: statement`${tool('a')} failed with ${word(text)}`,
    }),
  ]);
  const silent = [
    [makeSignal({ detector: 'grounding', statement: statement`${tool('a')} failed` })],
  ];
  expect(causeTitle(cause(ALL), members(...failing))).toBe(
    '`a` failed with no connection or timeout',
  );
  expect(causeTitle(cause(ALL), members(...failing, ...silent))).toBe('`a` failed');
});

test('two clauses with one subject say it once', () => {
  const list = atom('has_list', 'has_list', 'the answer has a list');
  const signal = atom('signal', 'signal|x', 'The answer refuses a harmless request');
  const found = members(says('refusal', 'The answer refuses a harmless request'));
  expect(causeTitle(cause(signal, list), found)).toBe(
    'The answer refuses a harmless request, and has a list',
  );
  expect(
    causeTitle(cause(atom('no_call', 'no_call', 'no tool was called'), list), members([])),
  ).toBe('No tool was called, and the answer has a list');
});
