import type { FactSet } from '../../contract/condition.ts';
import type { FileModel } from '../../contract/file-model.ts';
import type { Signal } from '../../contract/signal.ts';
import type { Run } from '../run/run.ts';
import { addAnswerFacts } from './answer-facts.ts';
import { addCallFacts } from './call-facts.ts';
import { dialogueOf } from './dialogue.ts';
import { addActFacts, addEndingFacts } from './ending-facts.ts';
import { type Fact, FactList } from './fact.ts';
import { fileReader, type Reading } from './reading.ts';
import { addSignalFacts } from './signal-facts.ts';
import { addSourceFacts } from './source-facts.ts';
import { sourcesOf } from './source-texts.ts';
import { addStepFacts } from './step-facts.ts';

/**
 * The facts of one trace, each once, in one linear pass: what it did, what came back, how it ended, and how it
 * answered. `file` holds the facts of the whole input; `signals` are what detectors said of the trace.
 */
export function factsOf(run: Run, file: FileModel, signals: readonly Signal[]): readonly Fact[] {
  const dialogue = dialogueOf(run, file.speaker.environment);
  const reading: Reading = {
    run,
    dialogue,
    sources: sourcesOf(run, dialogue),
    file: fileReader(file),
    facts: new FactList(),
  };
  addSignalFacts(reading, signals);
  addStepFacts(reading);
  addEndingFacts(reading);
  addActFacts(reading);
  addCallFacts(reading);
  addAnswerFacts(reading);
  addSourceFacts(reading);
  reading.facts.quantity('user_turns', dialogue.userTurns);
  return reading.facts.all();
}

/** Facts in the form that conditions are evaluated on. */
export const factSet = (facts: readonly Fact[]): FactSet =>
  new Map(facts.map(({ key, quantity }) => [key, quantity]));
