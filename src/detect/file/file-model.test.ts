import { expect, test } from 'vitest';
import { type FileModel, fileModelSchema } from '../../contract/file-model.ts';
import type { Trace } from '../../contract/trace.ts';
import { assistant, call, makeTrace, result, runOf, user } from '../../testing/trace.ts';
import { fileModelSummary } from './file-model.ts';

const NAMES = [
  'Ann',
  'Bob',
  'Cleo',
  'Dan',
  'Eve',
  'Finn',
  'Gus',
  'Hal',
  'Ida',
  'Jon',
  'Kim',
  'Lou',
];

const agent = (name: string, last = `Thought 2: done.\nAction 2: Finish[${name}]`): Trace =>
  makeTrace({
    id: name,
    messages: [
      user(`Question: who is ${name}?`),
      assistant(`Thought 1: look.\nAction 1: Search[${name}]`),
      user(`Observation 1: ${name} is a person.`),
      assistant(last),
    ],
    scores: [
      {
        name: 'correct',
        value: name < 'D' ? 0 : 1,
        label: null,
        explanation: null,
        annotator: 'code',
        spanId: null,
      },
    ],
  });

const chat = (name: string): Trace =>
  makeTrace({
    id: name,
    messages: [
      user(`I am ${name}.`),
      assistant('', call('get_user', { name }, 'a')),
      result('a', 'get_user', `{"name": "${name}"}`),
      assistant('What can I do for you?'),
      user(`${name} would like a refund, please`),
      assistant('It is on its way.'),
    ],
    metadata: { label: name < 'C' ? 'FAIL' : 'PASS' },
  });

function modelOf(traces: readonly Trace[]): ReturnType<typeof fileModelSummary> {
  const model = fileModelSummary();
  for (const trace of traces) model.add(runOf(trace));
  return model;
}

const frozen = (traces: readonly Trace[]): FileModel => modelOf(traces).freeze();

test('the environment speaks where later user messages carry a label', () => {
  expect(frozen(NAMES.map((name) => agent(name))).speaker).toEqual({
    environment: true,
    turns: 12,
    share: 1,
  });
});

test('people speak where openings differ', () => {
  expect(frozen(NAMES.map(chat)).speaker.environment).toBe(false);
});

test('parts merged in any order freeze to the facts of the whole', () => {
  const traces = [...NAMES.map((name) => agent(name)), ...NAMES.map(chat)];
  const whole = JSON.stringify(frozen(traces));
  const parts = [traces.slice(15), traces.slice(0, 4), traces.slice(4, 15).toReversed()].map(
    modelOf,
  );
  const merged = parts[0]!;
  for (const part of parts.slice(1)) merged.merge(structuredClone(part.state()));
  expect(JSON.stringify(merged.freeze())).toBe(whole);
  expect(fileModelSchema.parse(JSON.parse(whole))).toEqual(JSON.parse(whole));
});

test('the form that closes most runs and never stands earlier is the closing form', () => {
  const facts = frozen([
    ...NAMES.map((name) => agent(name)),
    agent('Mia', 'Thought 2: I am not sure.'),
  ]);
  expect(facts.closing[0]).toEqual({ form: 'Finish[', share: 12 / 13 });
});

test('dialogues have no closing form', () => {
  expect(frozen(NAMES.map(chat)).closing).toEqual([]);
});

test('tools are counted by call, by run and by what came back', () => {
  const facts = frozen(NAMES.map(chat));
  expect(facts.tools).toEqual([
    { name: 'get_user', calls: 12, runs: 12, results: 12, failed: 0, empty: 0, blank: 0, last: 0 },
  ]);
});

test('a binary score of an unknown name is an outcome', () => {
  expect(frozen(NAMES.map((name) => agent(name))).outcomes).toEqual([
    { from: 'score', name: 'correct', judge: 'code', fails: { below: 0.5 }, failed: 3, passed: 9 },
  ]);
});

test('a column of pass and fail words is an outcome', () => {
  expect(frozen(NAMES.map(chat)).outcomes).toEqual([
    {
      from: 'field',
      name: 'label',
      judge: 'unknown',
      fails: { words: ['fail'] },
      failed: 2,
      passed: 10,
    },
  ]);
});
