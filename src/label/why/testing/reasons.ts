import { expect } from 'vitest';
import type { Failure } from '../../../contract/failure.ts';
import type { Signal } from '../../../contract/signal.ts';
import type { Document, Trace } from '../../../contract/trace.ts';
import type { Why } from '../../../contract/why.ts';
import { makeFailure, makeSignal } from '../../../testing/signal.ts';
import { assistant, makeTrace, system, user } from '../../../testing/trace.ts';
import { QuestionCoverage } from '../question-coverage.ts';
import { whyHere } from '../why.ts';

/** Failures of one cause in ten traces. */
export const failuresOf = (
  make: (index: number) => Trace,
  signal: Parameters<typeof makeSignal>[0],
  ...more: readonly Signal[]
): readonly Failure[] =>
  Array.from({ length: 10 }, (_, index) =>
    makeFailure({
      trace: { ...make(index), id: `f${index}` },
      signals: [makeSignal(signal), ...more],
    }),
  );

/** Passing traces. */
export const times = (count: number, make: (index: number) => Trace): Trace[] =>
  Array.from({ length: count }, (_, index) => ({ ...make(index), id: `p${index}` }));

/** The reasons, once every quote is found in its trace. */
export function reasons(
  category: string,
  members: readonly Failure[],
  passing: readonly Trace[] = [],
): readonly Why[] {
  const { why, layer } = whyHere({
    category,
    members,
    passing,
    coverage: new QuestionCoverage(),
  });
  expect(layer).toBe(why[0]?.layer ?? 'unknown');
  const byId = new Map(members.map(({ trace }) => [trace.id, trace]));
  for (const { evidence } of why) {
    expect(evidence.length).toBeGreaterThan(0);
    for (const { traceId, path, quote } of evidence)
      expect(textOf(byId.get(traceId)!, path)).toContain(quote);
  }
  return why;
}

const passage = (content: string): Document => ({
  id: null,
  content,
  title: null,
  score: null,
  spanId: null,
});

/** A question answered over one passage. */
export const asked = (prompt: string, question: string, content: string, parts = {}): Trace =>
  makeTrace({
    messages: [system(prompt), user(question), assistant('Forty days.')],
    documents: [passage(content)],
    ...parts,
  });

/** The value at a JSON Pointer without escapes, as text. */
function textOf(trace: Trace, path: string): string {
  let value: unknown = trace;
  for (const key of path.split('/').slice(1)) value = (value as Record<string, unknown>)[key];
  return String(value);
}
