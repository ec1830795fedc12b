import type { ClosingForm, FileFacts, ToolNorm } from '../../contract/file-facts.ts';
import { sketchReader } from '../file/count-sketch.ts';
import type { Run } from '../run/run.ts';
import type { Dialogue, Passage } from './dialogue.ts';
import type { FactList } from './fact.ts';
import type { TemplateHead } from './template.ts';

/** One run as facts are read from it, with the facts of its input. */
export interface Reading {
  readonly run: Run;
  readonly dialogue: Dialogue;
  readonly sources: readonly Passage[];
  readonly file: FileReader;
  readonly facts: FactList;
}

/** File facts in the form that they are looked up in. */
export class FileReader {
  readonly facts: FileFacts;
  readonly isShared: (hash: number) => boolean;
  readonly #norms: ReadonlyMap<string, ToolNorm>;

  constructor(facts: FileFacts) {
    this.facts = facts;
    this.isShared = sketchReader(facts.shared);
    this.#norms = new Map(facts.tools.map((norm) => [norm.name, norm]));
  }

  norm(tool: string): ToolNorm | undefined {
    return this.#norms.get(tool);
  }

  get closing(): ClosingForm | undefined {
    return this.facts.closing[0];
  }

  /** Number of leading tokens of the longest prefix that enough traces share; 0 for none. */
  sharedPrefix({ tokens, hashes }: TemplateHead, least: number): number {
    for (let length = tokens.length; length >= least; length--) {
      if (this.isShared(hashes[length - 1]!)) return length;
    }
    return 0;
  }
}

const READERS = new WeakMap<FileFacts, FileReader>();

/** The reader of file facts, made once. */
export function fileReader(facts: FileFacts): FileReader {
  let reader = READERS.get(facts);
  if (reader === undefined) {
    reader = new FileReader(facts);
    READERS.set(facts, reader);
  }
  return reader;
}
