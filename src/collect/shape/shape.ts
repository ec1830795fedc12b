import type { JsonObject } from '../../contract/json.ts';
import type { OnProblem, RawRecord } from '../record.ts';

/** One way tools write traces to files: how to recognize an object of it, and how to read it. */
export interface Shape {
  /** Shown to people, for example `langfuse-observation`. */
  readonly format: string;
  /** Every object of this shape has one of these keys, or for `.` a key that holds a dot: rules out most rows at once. */
  readonly clues: readonly string[];
  readonly matches: (value: JsonObject) => boolean;
  readonly read: (value: JsonObject, context: ShapeContext) => readonly RawRecord[];
}

export interface ShapeContext {
  readonly onProblem: OnProblem;
  /**
   * Keeps an object that arrives in parts (a run and its patch, a request and its response). Parts with
   * the same key are merged, non-empty fields of later parts take precedence; `read` makes records of the whole
   * when the input ends, or earlier when too many are waiting.
   */
  readonly hold: (
    key: string,
    part: JsonObject,
    read: (whole: JsonObject) => readonly RawRecord[],
  ) => void;
}
