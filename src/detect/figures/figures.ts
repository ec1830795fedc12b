import type { FileFacts } from '../../contract/file-facts.ts';
import type { Signal } from '../../contract/signal.ts';
import { RunFacts } from '../facts/facts.ts';
import { noFileModel } from '../file/no-file-model.ts';
import type { Run } from '../run/run.ts';
import { argumentFigures } from './argument-figures.ts';
import { sentenceFigures } from './sentence-figures.ts';

/** Numbers about one run, by name. What was not recorded has no entry. */
export type Figures = Readonly<Record<string, number>>;

/**
 * What detectors say of a run, and how much of it covers what: lengths, calls, passages, words of the answer found in
 * its sources. No figure proves a failure; together they tell which runs resemble those that people call failed.
 * Nothing is read that records how the run was judged.
 */
export function figuresOf(run: Run, file: FileFacts | null, signals: readonly Signal[]): Figures {
  const figures: Record<string, number> = { rules: 0 };
  for (const { detector, verdict, tier, confidence } of signals) {
    if (READS_OUTCOME.has(detector)) continue;
    if (verdict !== 'yes') continue;
    const name = `detector:${detector}`;
    figures[name] = Math.max(figures[name] ?? 0, confidence);
    if (tier !== 'symptom') figures['rules'] = 1;
  }
  const { trace } = run;
  figures['request_length'] = Math.log1p(trace.input.length);
  figures['answer_length'] = Math.log1p(trace.output.trim().length);
  figures['messages'] = Math.log1p(trace.messages.length);
  figures['offered_tools'] = Math.log1p(trace.tools.length);
  figures['documents'] = Math.log1p(trace.documents.length);
  figures['calls'] = Math.log1p(run.calls.length);
  figures['failed_calls'] = Math.log1p(run.calls.filter(({ result }) => result?.isError).length);
  figures[`request:${run.risk.kind}`] = 1;
  if (run.coverage !== null) figures['question_in_passages'] = run.coverage;
  for (const { kind, quantity } of new RunFacts(run, file?.model ?? noFileModel).all()) {
    if (quantity === null) figures[`fact:${kind}`] = 1;
    else if (!kind.endsWith('_length')) figures[`fact:${kind}`] = quantity;
  }
  if (run.refusal !== null) figures[`refuses:${run.refusal.kind}:${run.refusal.extent}`] = 1;
  Object.assign(figures, sentenceFigures(run), argumentFigures(run));
  return figures;
}

/** Detectors that repeat what people or programs have said of a run, which is what is to be learned. */
const READS_OUTCOME: ReadonlySet<string> = new Set(['outcome', 'score', 'negative_feedback']);
