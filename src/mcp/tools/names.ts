import { plain } from '../../text/printable.ts';
import { beginning, type Recorded, recorded } from '../answer/recorded.ts';

const LONGEST = 200;

/** A sentence of Culprit, or what a person has named: one line, bounded. */
export const line = (text: string, most: number = LONGEST): string => {
  const shown = plain(text);
  return shown.length <= most ? shown : `${beginning(shown, most)}…`;
};

/** A name that an application chose, or a sentence with such names: data like all text of traces. */
export const name = (text: string, most: number = LONGEST): Recorded => recorded(line(text, most));

/** The same, or null. */
export const nameOrNull = (text: string | null): Recorded | null =>
  text === null ? null : name(text);

/** The id of a trace as it is shown, by which it can be asked for. */
export const shownId = (id: string): string => line(id, LONGEST_ID);
const LONGEST_ID = 80;

/** The same as text of a trace. */
export const traceName = (id: string): Recorded => recorded(shownId(id));

/** The id of a trace as the argument of the next call; null for one that is more than an id. */
export const traceArgument = (id: string): string | null =>
  /^[\w.:-]{1,128}$/.test(id) ? id : null;
