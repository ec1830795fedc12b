import type { FileReader } from '../file/file-reader.ts';
import type { Run } from '../run/run.ts';
import type { Dialogue, Passage } from './dialogue.ts';
import type { FactList } from './fact.ts';

/** One run as facts are read from it, with the facts of its input. */
export interface Reading {
  readonly run: Run;
  readonly dialogue: Dialogue;
  readonly sources: readonly Passage[];
  readonly file: FileReader;
  readonly facts: FactList;
}
