import type { FactSet } from '../../contract/condition.ts';
import type { FileModel } from '../../contract/file-model.ts';
import type { Signal } from '../../contract/signal.ts';
import { noFileModel } from '../file/no-file-model.ts';
import type { Run } from '../run/run.ts';
import { addAnswerFacts, addShortFacts } from './answer-facts.ts';
import { addCallFacts } from './call-facts.ts';
import { dialogueOf } from './dialogue.ts';
import { addActFacts, addEndingFacts } from './ending-facts.ts';
import { type Fact, FactList } from './fact.ts';
import { fileReader, type Reading } from './reading.ts';
import { signalFacts } from './signal-facts.ts';
import { addSourceFacts } from './source-facts.ts';
import { sourcesOf } from './source-texts.ts';
import { addStepFacts } from './step-facts.ts';

/**
 * The facts of one trace, each once: what detectors said of it, then what it did, what came back, how it ended, and
 * how it answered. `file` holds the facts of the whole input; `signals` are what detectors said.
 */
export const factsOf = (run: Run, file: FileModel, signals: readonly Signal[]): readonly Fact[] => [
  ...signalFacts(signals),
  ...factsIn(run, file),
];

/** The facts that the trace itself shows, read once per run; `file` is null when the trace is looked at alone. */
export function factsIn(run: Run, file: FileModel | null): readonly Fact[] {
  const kept = run.once(nothingRead);
  if (kept.last === null || kept.last.file !== file)
    kept.last = { file, facts: readFacts(run, file) };
  return kept.last.facts;
}

/** The facts read last, with the file facts that they were read with. */
interface KeptFacts {
  last: { readonly file: FileModel | null; readonly facts: readonly Fact[] } | null;
}

const nothingRead = (): KeptFacts => ({ last: null });

/** In one linear pass. */
function readFacts(run: Run, file: FileModel | null): readonly Fact[] {
  const model = file ?? noFileModel;
  const dialogue = dialogueOf(run, model.speaker.environment);
  const reading: Reading = {
    run,
    dialogue,
    sources: sourcesOf(run, dialogue),
    file: fileReader(model),
    facts: new FactList(),
  };
  addStepFacts(reading);
  addEndingFacts(reading);
  addActFacts(reading);
  addCallFacts(reading);
  addAnswerFacts(reading);
  addShortFacts(reading);
  addSourceFacts(reading);
  reading.facts.quantity('user_turns', dialogue.userTurns);
  return reading.facts.all();
}

/** Facts in the form that conditions are evaluated on. */
export const factSet = (facts: readonly Fact[]): FactSet =>
  new Map(facts.map(({ key, quantity }) => [key, quantity]));
