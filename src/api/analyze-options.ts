import type { Embedder } from '../contract/embedder.ts';
import type { GivenCommandRecord } from '../contract/given-command.ts';
import type { Judge } from '../contract/judge.ts';
import type { OptionsInput } from '../contract/options.ts';
import type { Progress } from '../contract/progress.ts';
import type { Proposer } from '../contract/proposer.ts';
import type { Detector, DetectorDefinition } from '../detect/define.ts';

export interface AnalyzeOptions extends Omit<OptionsInput, 'embedder'> {
  /** Your own detectors, run after the built-in ones. */
  readonly detectors?: readonly (Detector | DetectorDefinition)[];
  /** `static` (the default), `lexical`, `transformers:<model>`, or an embedder such as `openAiEmbedder` makes. */
  readonly embedder?: Embedder | string;
  /** A model that answers checks; without `checks` it looks for causes of failures that have none. */
  readonly judge?: Judge;
  /** A model that proposes what is behind the first causes; code checks what it says. */
  readonly labelModel?: Proposer;
  /** Files and options as a command line has them, so that the report can say how to promote a cause. */
  readonly command?: GivenCommandRecord;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
}
