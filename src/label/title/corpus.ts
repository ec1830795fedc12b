import type { Trace } from '../../contract/trace.ts';
import { type Run, runsOf } from '../contrast/run.ts';
import { namesIn } from './names.ts';
import { tokensOf } from './tokens.ts';
import { wordsOf } from './words.ts';

/** What labeling reads of each trace, in the order of the traces. */
export interface Corpus {
  /** Words and pairs of input and output, names left out. */
  readonly documents: readonly ReadonlySet<string>[];
  readonly runs: readonly Run[];
}

export function corpusOf(traces: readonly Trace[]): Corpus {
  const inputs = traces.map(({ input }) => tokensOf(input));
  const outputs = traces.map(({ output }) => tokensOf(output));
  const names = namesIn([...inputs, ...outputs], traces);
  const asked = inputs.map((tokens) => wordsOf(tokens, names));
  return {
    documents: asked.map((words, index) => words.union(wordsOf(outputs[index]!, names))),
    runs: runsOf(traces, asked),
  };
}
