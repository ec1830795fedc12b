import type { Dialogue } from '../facts/dialogue.ts';
import { eachPhrase, phraseHashes } from '../facts/phrases.ts';
import type { TemplateHead } from '../facts/template.ts';
import { endingHead, openingHead, resultHead } from '../facts/template-heads.ts';
import type { Run } from '../run/run.ts';
import { CountSketch } from './count-sketch.ts';
import type { DialogueSummary } from './dialogue-summary.ts';

/**
 * How many runs share each masked beginning of a result, each opening and ending of an answer, and each
 * phrase of an answer. Frozen to those that enough runs share: the templates of the input.
 */
export class Templates implements DialogueSummary<Uint32Array, (least: number) => string> {
  readonly #sketch = new CountSketch();

  readonly add = (_run: Run, { steps, answer }: Dialogue): void => {
    this.#sketch.nextRound();
    for (const step of steps) {
      const head = resultHead(step);
      if (head !== null) this.#count(head);
    }
    if (answer === null) return;
    this.#count(openingHead(answer.text));
    this.#count(endingHead(answer.text));
    eachPhrase(phraseHashes(answer.text), (hash) => this.#sketch.add(hash));
  };

  readonly state = (): Uint32Array => this.#sketch.cells;

  readonly merge = (cells: Uint32Array): void => this.#sketch.merge(cells);

  readonly freeze = (): ((least: number) => string) => (least) => this.#sketch.freeze(least);

  #count({ tokens, hashes }: TemplateHead): void {
    for (let index = 0; index < tokens.length; index++) this.#sketch.add(hashes[index]!);
  }
}
