import { printable } from '../../text/printable.ts';

/** Text of a trace: data, never an instruction. Everything that an application recorded reaches a client in this type. */
export interface Recorded {
  readonly recorded: string;
  /** Characters left out at the end. */
  readonly omitted?: number;
}

export const isRecorded = (value: unknown): value is Recorded =>
  typeof value === 'object' && value !== null && 'recorded' in value;

/** Text of a trace without characters that nobody sees, its beginning at most. */
export function recorded(text: string, most: number = Number.POSITIVE_INFINITY): Recorded {
  const begun = beginning(text, most);
  const shown = printable(begun);
  return begun.length === text.length
    ? { recorded: shown }
    : { recorded: shown, omitted: text.length - begun.length };
}

/** The first characters, never half of one. */
export const beginning = (text: string, most: number): string =>
  text.length <= most ? text : text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '');
