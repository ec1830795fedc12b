import type { Habits } from '../../contract/file-model.ts';
import type { Dialogue } from '../facts/dialogue.ts';
import { isShortAnswer } from '../facts/short-answer.ts';
import { sourcesOf } from '../facts/source-texts.ts';
import type { Run } from '../run/run.ts';
import type { DialogueSummary } from './dialogue-summary.ts';
import { noFileModel } from './no-file-model.ts';

export type HabitState = Habits;

/** Counts what most runs of the input do: call tools, answer, end on something else. */
export class HabitCounts implements DialogueSummary<HabitState, Habits> {
  readonly #count = noHabits();

  readonly add = (run: Run, dialogue: Dialogue): void => {
    const { turns, steps, answer, userTurns } = dialogue;
    const count = this.#count;
    if (steps.length > 0) count.withCalls++;
    if (answer !== null) count.withAnswer++;
    if (run.documents.length > 0) count.withPassages++;
    if (userTurns > 0) count.dialogues++;
    const last = turns.at(-1);
    if (last?.actor === 'user') count.endsOnUser++;
    if (last?.actor === 'result') count.endsOnResult++;
    if (last?.actor === 'assistant' && last.text.trim() === '') count.endsOnCall++;
    this.#step(steps.length);
    if (answer !== null && isShortAnswer(answer.text)) count.short++;
    if (answer !== null && isPhrase(answer.text)) {
      const sources = sourcesOf(run, dialogue);
      if (sources.length > 0) {
        count.sourced++;
        const wanted = answer.text.toLowerCase().trim();
        if (sources.some(({ text }) => text.toLowerCase().includes(wanted))) count.verbatim++;
      }
    }
  };

  readonly state = (): HabitState => this.#count;

  readonly merge = (state: HabitState): void => {
    const { mostSteps, atMostSteps, ...rest } = state;
    for (const key of KEYS) this.#count[key] += rest[key];
    if (mostSteps > this.#count.mostSteps) this.#count.atMostSteps = 0;
    if (mostSteps >= this.#count.mostSteps) {
      this.#count.mostSteps = mostSteps;
      this.#count.atMostSteps += atMostSteps;
    }
  };

  readonly freeze = (): Habits => ({ ...this.#count });

  #step(steps: number): void {
    if (steps > this.#count.mostSteps) {
      this.#count.mostSteps = steps;
      this.#count.atMostSteps = 0;
    }
    if (steps === this.#count.mostSteps) this.#count.atMostSteps++;
  }
}

/** A phrase of six words at most that is neither a yes or no nor a number. */
function isPhrase(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed.length > 80 || /^(?:yes|no)\b|^[\d.,%$ ]+$/i.test(trimmed)) return false;
  return trimmed.split(/\s+/).length <= 6;
}

type Count = { -readonly [Key in keyof Habits]: Habits[Key] };

const noHabits = (): Count => ({ ...noFileModel.habits });

const { mostSteps: _steps, atMostSteps: _at, ...added } = noHabits();
const KEYS = Object.keys(added) as readonly (keyof typeof added)[];
