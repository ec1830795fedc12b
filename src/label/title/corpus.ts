import type { Trace } from '../../contract/trace.ts';
import { proseWords } from '../../text/prose-words.ts';
import { type Run, runsOf } from '../contrast/run.ts';
import { namesIn } from './names.ts';
import { wordsOf } from './words.ts';

/** The text and steps that labeling reads, in the order of the traces. */
export interface Corpus {
  /** Words and word pairs of input and output, without names. */
  readonly documents: readonly ReadonlySet<string>[];
  readonly runs: readonly Run[];
}

export function corpusOf(traces: readonly Trace[]): Corpus {
  const inputs = traces.map(({ input }) => proseWords(input));
  const outputs = traces.map(({ output }) => proseWords(output));
  const names = namesIn([...inputs, ...outputs], traces);
  const asked = inputs.map((tokens) => wordsOf(tokens, names));
  return {
    documents: asked.map((words, index) => words.union(wordsOf(outputs[index]!, names))),
    runs: runsOf(traces, asked),
  };
}
