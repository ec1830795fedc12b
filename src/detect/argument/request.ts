import type { Message, Trace } from '../../contract/trace.ts';
import type { CallSite } from './calls.ts';

/** A request and the calls made straight in reply to it. */
export interface Request {
  readonly text: string;
  readonly path: string;
  readonly spanId: string | null;
  readonly calls: readonly CallSite[];
}

/**
 * The request of a run that answers one user message with one round of calls, so that the arguments
 * can be held against it. Null for conversations and for agents that look around first: there, what
 * the request says may be used later, or be answered by what a tool returned.
 */
export function singleRequest(trace: Trace, calls: readonly CallSite[]): Request | null {
  const first = calls[0];
  if (first === undefined || !first.path.startsWith('/messages')) return null;
  if (calls.some((site) => site.at !== first.at)) return null;
  const before = trace.messages.slice(0, first.at);
  const users = before.filter((message) => message.role === 'user');
  const [user] = users;
  if (user === undefined || users.length > 1 || before.some(isReply)) return null;
  if (user.content.length > 20_000) return null;
  return {
    text: user.content,
    path: `/messages/${before.indexOf(user)}/content`,
    spanId: user.spanId,
    calls,
  };
}

const isReply = (message: Message): boolean =>
  message.role === 'assistant' || message.role === 'tool';
