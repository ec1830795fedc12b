import type { FileFacts } from '../../contract/file-facts.ts';
import { dialogueOf, hasLateUser } from '../facts/dialogue.ts';
import type { Run } from '../run/run.ts';
import { ClosingForms } from './closing-forms.ts';
import { HabitCounts } from './habit-counts.ts';
import { Outcomes } from './outcomes.ts';
import { Speaker } from './speaker.ts';
import { Templates } from './templates.ts';
import { ToolNorms } from './tool-norms.ts';

/** What hangs on who speaks in the user role. */
class Readings {
  readonly templates = new Templates();
  readonly tools = new ToolNorms();
  readonly closing = new ClosingForms();
  readonly habits = new HabitCounts();

  add(run: Run, environment: boolean): void {
    const dialogue = dialogueOf(run, environment);
    this.templates.add(run, dialogue);
    this.tools.add(run, dialogue);
    this.closing.add(run, dialogue);
    this.habits.add(run, dialogue);
  }

  merge(other: Readings): void {
    this.templates.merge(other.templates);
    this.tools.merge(other.tools);
    this.closing.merge(other.closing);
    this.habits.merge(other.habits);
  }
}

/**
 * Facts of a whole input, gathered in a first pass over its runs and frozen for the second. Who speaks in the
 * user role is known only at the end, so runs where that matters are counted under both readings.
 */
export class FileModel {
  #traces = 0;
  readonly #speaker = new Speaker();
  readonly #outcomes = new Outcomes();
  readonly #common = new Readings();
  readonly #people = new Readings();
  readonly #environment = new Readings();

  add(run: Run): void {
    this.#traces++;
    const dialogue = dialogueOf(run, false);
    this.#speaker.add(run, dialogue);
    this.#outcomes.add(run, dialogue);
    if (!hasLateUser(run.trace)) {
      this.#common.add(run, false);
      return;
    }
    this.#people.add(run, false);
    this.#environment.add(run, true);
  }

  merge(other: FileModel): void {
    this.#traces += other.#traces;
    this.#speaker.merge(other.#speaker);
    this.#outcomes.merge(other.#outcomes);
    this.#common.merge(other.#common);
    this.#people.merge(other.#people);
    this.#environment.merge(other.#environment);
  }

  /** Ends the pass: nothing may be added afterward. */
  freeze(): FileFacts {
    const speaker = this.#speaker.freeze();
    const all = this.#common;
    all.merge(speaker.environment ? this.#environment : this.#people);
    return {
      traces: this.#traces,
      speaker,
      shared: all.templates.freeze()(leastShared(this.#traces)),
      tools: all.tools.freeze(),
      closing: all.closing.freeze(),
      habits: all.habits.freeze(),
      outcomes: this.#outcomes.freeze(),
    };
  }
}

/** Traces that have to share a template or a fact for it to count: 1%, and 3 at least. */
const leastShared = (traces: number): number => Math.max(3, Math.ceil(traces / 100));
