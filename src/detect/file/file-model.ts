import type { FileModel } from '../../contract/file-model.ts';
import { type Dialogue, dialogueOf, hasLateUser } from '../facts/dialogue.ts';
import type { Run } from '../run/run.ts';
import { ClosingForms, type ClosingFormsState } from './closing-forms.ts';
import { HabitCounts, type HabitState } from './habit-counts.ts';
import { Outcomes, type OutcomesState } from './outcomes.ts';
import { Speaker, type SpeakerState } from './speaker.ts';
import type { Summary } from './summary.ts';
import { Templates } from './templates.ts';
import { ToolNorms, type ToolNormsState } from './tool-norms.ts';

interface ReadingState {
  readonly templates: Uint32Array;
  readonly tools: ToolNormsState;
  readonly closing: ClosingFormsState;
  readonly habits: HabitState;
}

export interface FileModelState {
  readonly traces: number;
  readonly speaker: SpeakerState;
  readonly outcomes: OutcomesState;
  /** Runs that read the same whoever speaks in the user role, then the others under either reading. */
  readonly common: ReadingState;
  readonly people: ReadingState;
  readonly environment: ReadingState;
}

/** What hangs on who speaks in the user role. */
class Reading {
  readonly templates = new Templates();
  readonly tools = new ToolNorms();
  readonly closing = new ClosingForms();
  readonly habits = new HabitCounts();

  add(run: Run, dialogue: Dialogue): void {
    this.templates.add(run, dialogue);
    this.tools.add(run, dialogue);
    this.closing.add(run, dialogue);
    this.habits.add(run, dialogue);
  }

  state(): ReadingState {
    return {
      templates: this.templates.state(),
      tools: this.tools.state(),
      closing: this.closing.state(),
      habits: this.habits.state(),
    };
  }

  merge(state: ReadingState): void {
    this.templates.merge(state.templates);
    this.tools.merge(state.tools);
    this.closing.merge(state.closing);
    this.habits.merge(state.habits);
  }
}

/**
 * What the whole input tells of how to read one trace, gathered in a first pass. Who speaks in the user role is known
 * only at the end, so runs where that matters are counted under both readings.
 */
export function fileModelSummary(): Summary<FileModelState, FileModel> {
  let traces = 0;
  const speaker = new Speaker();
  const outcomes = new Outcomes();
  const common = new Reading();
  const people = new Reading();
  const environment = new Reading();
  return {
    add(run) {
      traces++;
      const dialogue = dialogueOf(run, false);
      speaker.add(run, dialogue);
      outcomes.add(run, dialogue);
      if (hasLateUser(run.trace)) {
        people.add(run, dialogue);
        environment.add(run, dialogueOf(run, true));
      } else common.add(run, dialogue);
    },
    state: () => ({
      traces,
      speaker: speaker.state(),
      outcomes: outcomes.state(),
      common: common.state(),
      people: people.state(),
      environment: environment.state(),
    }),
    merge(state) {
      traces += state.traces;
      speaker.merge(state.speaker);
      outcomes.merge(state.outcomes);
      common.merge(state.common);
      people.merge(state.people);
      environment.merge(state.environment);
    },
    freeze() {
      const who = speaker.freeze();
      const all = new Reading();
      all.merge(common.state());
      all.merge((who.environment ? environment : people).state());
      return {
        traces,
        speaker: who,
        shared: all.templates.freeze()(leastShared(traces)),
        tools: all.tools.freeze(),
        closing: all.closing.freeze(),
        habits: all.habits.freeze(),
        outcomes: outcomes.freeze(),
      };
    },
  };
}

/** Traces that have to share a template or a phrase for it to count: 1%, and 3 at least. */
const leastShared = (traces: number): number => Math.max(3, Math.ceil(traces / 100));
