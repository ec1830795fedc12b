import type { FileModel } from '../../contract/file-model.ts';
import type { FileReader } from '../file/file-reader.ts';
import type { Run } from '../run/run.ts';
import { type Dialogue, dialogueOf, type Passage } from './dialogue.ts';
import { FactList } from './fact.ts';
import { sourcesOf } from './source-texts.ts';

/** A run being read for facts, with the facts of its file. */
export class Reading {
  readonly run: Run;
  readonly dialogue: Dialogue;
  readonly file: FileReader;
  readonly facts = new FactList();
  #sources: readonly Passage[] | undefined;

  constructor(run: Run, file: FileModel) {
    this.run = run;
    this.dialogue = dialogueOf(run, file.speaker.environment);
    this.file = run.options.fileReader(file);
  }

  get sources(): readonly Passage[] {
    this.#sources ??= sourcesOf(this.run, this.dialogue);
    return this.#sources;
  }
}
