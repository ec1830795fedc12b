/** A call written as text, as in agents that use a text protocol. */
export interface SpokenCall {
  readonly tool: string;
  /** As written. */
  readonly args: string;
  readonly start: number;
  readonly end: number;
  /** Where the result begins if it follows the call in the same message; null if none does. */
  readonly resultStart: number | null;
}

/**
 * The call that a message makes in its text: `TOOL_CALL[name] result`, `Action 2: name[args]`,
 * `Action: name(args)` or `Action: name` with `Action Input:` on the next line. Null when it makes none.
 */
export function spokenCall(text: string): SpokenCall | null {
  return labelled(text) ?? action(text);
}

/** A label in capitals, the tool's name in brackets, and the result. */
function labelled(text: string): SpokenCall | null {
  const match = LABELLED.exec(text);
  if (match === null) return null;
  const end = match.index + match[0].length;
  const rest = text.slice(end).search(/\S/);
  return {
    tool: match[1] ?? '',
    args: '',
    start: match.index,
    end,
    resultStart: rest === -1 ? null : end + rest,
  };
}

const LABELLED =
  /^\s{0,10}(?:[A-Z]{2,12}_){0,2}(?:TOOL|CALL|FUNCTION|INVOKE|EXEC)\[([\w.\- ]{1,60})\][ :]{0,3}/;

function action(text: string): SpokenCall | null {
  if (!text.includes('Action')) return null;
  const from = Math.max(0, text.length - TAIL);
  let match: RegExpExecArray | null = null;
  ACTION.lastIndex = 0;
  const tail = text.slice(from);
  for (let next = ACTION.exec(tail); next !== null; next = ACTION.exec(tail)) match = next;
  if (match === null) return null;
  const start = from + match.index;
  return {
    tool: (match[1] ?? '').trim(),
    args: match[2] ?? match[3] ?? match[4] ?? '',
    start,
    end: start + match[0].length,
    resultStart: null,
  };
}

/** Calls end a message. */
const TAIL = 4_000;

const ACTION =
  /(?:^|\n)\s{0,4}\**Action(?: ?\d{1,4})?\**\s?:\**\s{0,3}`?([A-Za-z_][\w.\- ]{0,60}?)`?\s{0,2}(?:\[([^\n]{0,2000}?)\]\s{0,3}(?=\n|$)|\(([^\n]{0,2000}?)\)\s{0,3}(?=\n|$)|\n\s{0,4}\**Action Input\**\s?:\**\s{0,3}([^\n]{0,2000}))/g;
