import type { ClosingForm } from '../../contract/file-model.ts';
import type { Dialogue } from '../facts/dialogue.ts';
import type { Run } from '../run/run.ts';
import type { DialogueSummary } from './dialogue-summary.ts';
import { KeptNames, type KeptState } from './kept-names.ts';

const MOST_FORMS = 500;
const AGENTS = 0.25;
const OTHERS = 0.6;
const BEFORE = 0.05;

interface Count {
  last: number;
  before: number;
}

export interface ClosingFormsState {
  readonly runs: number;
  readonly agents: number;
  readonly dialogues: number;
  readonly forms: KeptState<Count>;
}

/**
 * Finds the form that closes runs: a tag, a call in brackets, or a label in the last message of 25% of the
 * runs where no user speaks again, or of 60% otherwise, that hardly ever stands earlier. None in dialogues.
 */
export class ClosingForms implements DialogueSummary<ClosingFormsState, readonly ClosingForm[]> {
  readonly #forms = new KeptNames<Count>(MOST_FORMS);
  #runs = 0;
  #agents = 0;
  #dialogues = 0;

  readonly add = (_run: Run, { turns, steps, userTurns }: Dialogue): void => {
    this.#runs++;
    if (userTurns > 0) this.#dialogues++;
    else if (steps.length > 0) this.#agents++;
    const last = turns.findLast(({ actor }) => actor === 'assistant');
    for (const turn of turns) {
      if (turn.actor !== 'assistant') continue;
      for (const form of formsIn(turn.text)) {
        const count = this.#forms.of(form, noCount);
        if (count === undefined) continue;
        if (turn === last) count.last++;
        else count.before++;
      }
    }
  };

  readonly state = (): ClosingFormsState => ({
    runs: this.#runs,
    agents: this.#agents,
    dialogues: this.#dialogues,
    forms: this.#forms.state(),
  });

  readonly merge = ({ runs, agents, dialogues, forms }: ClosingFormsState): void => {
    this.#runs += runs;
    this.#agents += agents;
    this.#dialogues += dialogues;
    this.#forms.merge(forms, noCount, (own, other) => {
      own.last += other.last;
      own.before += other.before;
    });
  };

  readonly freeze = (): readonly ClosingForm[] => {
    if (this.#runs < 10 || this.#dialogues > this.#runs / 4) return [];
    const least = this.#agents >= this.#runs / 2 ? AGENTS : OTHERS;
    return this.#forms
      .entries()
      .filter(([, { last, before }]) => last >= least * this.#runs && before <= BEFORE * last)
      .map(([form, { last }]) => ({ form, share: last / this.#runs }))
      .sort((a, b) => b.share - a.share || (a.form < b.form ? -1 : 1));
  };
}

/** Tags, calls in brackets, and labels at the start of a line, each once. */
export function formsIn(text: string): ReadonlySet<string> {
  const tail = text.slice(-2_000);
  FORM.lastIndex = 0;
  let match = FORM.exec(tail);
  if (match === null) return NO_FORMS;
  const forms = new Set<string>();
  for (; match !== null; match = FORM.exec(tail)) {
    const form = (match[1] ?? match[2] ?? match[3] ?? '').replace(/\s?\d+/, '');
    if (form !== '') forms.add(form);
    if (forms.size >= 20) break;
  }
  return forms;
}

const NO_FORMS: ReadonlySet<string> = new Set();

const FORM =
  /(<[a-z_]{3,24}>)|\b([A-Z]\w{2,24}\[)|(?:^|\n)\**([A-Z][A-Za-z]{2,14}(?: [A-Za-z]{2,14})? ?\d{0,3}:)/g;

const noCount = (): Count => ({ last: 0, before: 0 });
