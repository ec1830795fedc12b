import type { ClosingForm, FileModel, ToolNorm } from '../../contract/file-model.ts';
import { sketchReader } from '../file/count-sketch.ts';
import type { Run } from '../run/run.ts';
import { type Dialogue, dialogueOf, type Passage } from './dialogue.ts';
import { FactList } from './fact.ts';
import { sourcesOf } from './source-texts.ts';
import type { TemplateHead } from './template.ts';

/** One run as facts are read from it, with the facts of its input. */
export class Reading {
  readonly run: Run;
  readonly dialogue: Dialogue;
  readonly file: FileReader;
  readonly facts = new FactList();
  #sources: readonly Passage[] | undefined;

  constructor(run: Run, file: FileModel) {
    this.run = run;
    this.dialogue = dialogueOf(run, file.speaker.environment);
    this.file = fileReader(file);
  }

  get sources(): readonly Passage[] {
    this.#sources ??= sourcesOf(this.run, this.dialogue);
    return this.#sources;
  }
}

/** File facts in the form that they are looked up in. */
export class FileReader {
  readonly facts: FileModel;
  /** Traces of the input that share a template or a phrase; 0 for too few. */
  readonly sharedBy: (hash: number) => number;
  /** Most calls of the input have a result: a call without one was cut short. */
  readonly recordsResults: boolean;
  /** Tools that 30% of the runs call. */
  readonly usualTools: readonly string[];
  readonly #norms: ReadonlyMap<string, ToolNorm>;

  constructor(facts: FileModel) {
    this.facts = facts;
    this.sharedBy = sketchReader(facts.shared);
    const calls = facts.tools.reduce((sum, tool) => sum + tool.calls, 0);
    const results = facts.tools.reduce((sum, tool) => sum + tool.results, 0);
    this.recordsResults = results * 2 >= calls;
    this.usualTools = facts.tools
      .filter(({ runs }) => runs >= 0.3 * facts.traces)
      .map(({ name }) => name);
    this.#norms = new Map(facts.tools.map((norm) => [norm.name, norm]));
  }

  norm(tool: string): ToolNorm | undefined {
    return this.#norms.get(tool);
  }

  get closing(): ClosingForm | undefined {
    return this.facts.closing[0];
  }

  /**
   * Number of leading tokens that make the message's template; 0 for none. A token belongs to it as long as a fair
   * part of the traces that share the tokens before it share it too: where they part, a slot begins.
   */
  sharedPrefix({ tokens, hashes }: TemplateHead, least: number): number {
    let length = 0;
    let before = this.sharedBy(hashes[0]!);
    if (before === 0) return 0;
    for (let next = 1; next <= tokens.length; next++) {
      const count = this.sharedBy(hashes[next - 1]!);
      if (count === 0 || (next > least && count < KEEPS * before)) break;
      length = next;
      before = count;
    }
    return length >= Math.min(least, tokens.length) ? length : 0;
  }
}

/** Share of the traces with a prefix that have to share its next token. */
const KEEPS = 0.4;

const READERS = new WeakMap<FileModel, FileReader>();

/** The reader of file facts, made once. */
function fileReader(facts: FileModel): FileReader {
  let reader = READERS.get(facts);
  if (reader === undefined) {
    reader = new FileReader(facts);
    READERS.set(facts, reader);
  }
  return reader;
}
