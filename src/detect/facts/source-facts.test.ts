import { expect, test } from 'vitest';
import type { Trace } from '../../contract/trace.ts';
import { assistant, makeTrace, runOf, user } from '../../testing/trace.ts';
import { fileModelSummary } from '../file/file-model.ts';
import type { Fact } from './fact.ts';
import { factsOf } from './facts.ts';

const answerOf = (output: string, passage: string): Trace =>
  makeTrace({
    messages: [user('Which stadium?'), assistant(output)],
    documents: [{ id: null, content: passage, title: null, score: null, spanId: null }],
  });

function factsIn(traces: readonly Trace[]): readonly Fact[] {
  const model = fileModelSummary();
  for (const trace of traces) model.add(runOf(trace));
  return factsOf(runOf(traces[0]!), model.freeze(), []);
}

const usual = Array.from({ length: 20 }, (_, at) =>
  answerOf(`Sam Boyd ${at}`, `The game was in Sam Boyd ${at} last year.`),
);

test('a short answer with words of the source that is not in it is a fact where others are verbatim', () => {
  const passage = 'Boyd Stadium in Whitney was named for Sam.';
  const keys = (output: string): readonly string[] =>
    factsIn([answerOf(output, passage), ...usual]).map(({ kind }) => kind);
  expect(keys('Whitney Stadium Boyd')).toContain('other_words');
  expect(keys('Stadium in Whitney')).not.toContain('other_words');
  expect(keys('Stadium in Nevada')).toContain('other_words');
  expect(keys('Arena in Nevada')).not.toContain('other_words');
});

test('the share of the words of the answer that the sources hold is counted', () => {
  const facts = factsIn([
    answerOf('The stadium stands in Whitney Nevada', 'A stadium in Whitney.'),
  ]);
  // stadium, stands, whitney, nevada
  expect(facts.find(({ kind }) => kind === 'in_sources')?.quantity).toBe(0.5);
});

test('a phrase that the request or a source holds is not the answer’s own', () => {
  const said = (passage: string): readonly string[] => {
    const traces = Array.from({ length: 5 }, (_, at) =>
      answerOf(`I am not sure about ${'abcde'[at]}`, passage),
    );
    return factsIn(traces)
      .filter(({ kind }) => kind === 'said')
      .map(({ parts }) => parts.join());
  };
  expect(said('Nothing.')).toContain('i am not sure');
  expect(said('Then she said: I am not sure.')).not.toContain('i am not sure');
});
