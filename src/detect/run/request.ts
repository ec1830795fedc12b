import type { Message, Trace } from '../../contract/trace.ts';
import type { CallSite } from './calls.ts';
import { isSameNumber, type NumberInText, numbersIn } from './request-numbers.ts';
import { stemsOf } from './tool-fit.ts';

/** A request and the calls made directly in reply to it. */
export interface Request {
  readonly text: string;
  readonly path: string;
  readonly spanId: string | null;
  /** Content words of the text, as stems. */
  readonly stems: ReadonlySet<string>;
  readonly calls: readonly CallSite[];
  /** Every number that the request gives. */
  readonly numbers: readonly NumberInText[];
  /** Those that no argument holds, in any form. */
  readonly unused: readonly NumberInText[];
}

const LONGEST = 20_000;
const MOST_CALLS = 100;

/**
 * The request of a run that answers one user message with one round of calls, so that the arguments
 * can be compared with it. Null for conversations and for agents that look around first: there, a value
 * from the request may be used later, or be answered by what a tool returned.
 */
export function singleRequest(trace: Trace, calls: readonly CallSite[]): Request | null {
  const first = calls[0];
  if (first === undefined || calls.length > MOST_CALLS) return null;
  if (!first.path.startsWith('/messages')) return null;
  if (calls.some((site) => site.at !== first.at)) return null;
  const before = trace.messages.slice(0, first.at);
  const users = before.filter((message) => message.role === 'user');
  const [user] = users;
  if (user === undefined || users.length > 1 || before.some(isReply)) return null;
  if (user.content.length > LONGEST) return null;
  const numbers = numbersIn(user.content);
  const used = calls.flatMap(argumentNumbers);
  let stems: ReadonlySet<string> | undefined;
  return {
    text: user.content,
    path: `/messages/${before.indexOf(user)}/content`,
    spanId: user.spanId,
    get stems() {
      stems ??= stemsOf(user.content);
      return stems;
    },
    calls,
    numbers,
    unused: numbers.filter((number) => !used.some((value) => isSameNumber(value, number))),
  };
}

const isReply = (message: Message): boolean =>
  message.role === 'assistant' || message.role === 'tool';

const argumentNumbers = (site: CallSite): readonly number[] =>
  site.leaves.flatMap(({ value }) => {
    if (typeof value === 'number') return [value];
    if (typeof value !== 'string') return [];
    return (value.slice(0, LONGEST).match(/\d{1,15}(?:\.\d{1,15})?/g) ?? []).map(Number);
  });
