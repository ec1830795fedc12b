import type { ClosingForm, FileModel, ToolNorm } from '../../contract/file-model.ts';
import type { TemplateHead } from '../facts/template.ts';
import { sketchReader } from './count-sketch.ts';

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

/** Makes the reader of file facts, and keeps the last one: all traces of an input are read with the same facts. */
export function fileReaders(): (facts: FileModel) => FileReader {
  let last: FileReader | null = null;
  return (facts) => {
    if (last?.facts !== facts) last = new FileReader(facts);
    return last;
  };
}
