import type { ToolCall, ToolDefinition, Trace } from '../../contract/trace.ts';
import { remember } from '../../text/plain.ts';
import { pointer } from '../evidence.ts';
import { isToolError } from './tool-error.ts';

/** A tool call of the trace, with the offered tool it names and what came back. */
export interface CallSite {
  readonly call: ToolCall;
  /** Pointer to the call. */
  readonly path: string;
  /** Index of the message that made it; for calls known from spans alone, index of the span. */
  readonly at: number;
  readonly spanId: string | null;
  /** The offered tool of this name, null when none of this name was offered. */
  readonly tool: ToolDefinition | null;
  readonly result: CallResult | null;
}

interface CallResult {
  readonly text: string;
  /** Pointer to the text. */
  readonly path: string;
  readonly at: number;
  readonly isError: boolean;
}

const NONE: readonly CallSite[] = [];

/** Every tool call of a trace in order: from its messages or, where they hold none, from its tool spans. */
export const callsOf = remember((trace: Trace): readonly CallSite[] => {
  if (!hasCalls(trace)) return NONE;
  const fromMessages = messageCalls(trace);
  return fromMessages.length > 0 ? fromMessages : spanCalls(trace);
});

/** Most traces have none. */
function hasCalls({ messages, spans }: Trace): boolean {
  for (let at = 0; at < messages.length; at++) {
    if (messages[at]?.toolCalls.length !== 0) return true;
  }
  for (let at = 0; at < spans.length; at++) {
    if (spans[at]?.kind === 'tool') return true;
  }
  return false;
}

function messageCalls(trace: Trace): readonly CallSite[] {
  let calls: CallSite[] | null = null;
  for (const [at, message] of trace.messages.entries()) {
    if (message.toolCalls.length === 0) continue;
    calls ??= [];
    const results = resultsOf(trace, at, message.toolCalls);
    for (const [index, call] of message.toolCalls.entries()) {
      if (isExecution(call, calls)) continue;
      calls.push({
        call,
        path: pointer('messages', at, 'toolCalls', index),
        at,
        spanId: message.spanId,
        tool: toolNamed(trace.tools, call.name),
        result: results[index] ?? null,
      });
    }
  }
  return calls ?? NONE;
}

/**
 * Some recorders write a call twice: as the model made it, with an id, and as it was carried out,
 * without one and under the name of the implementing class. Only the first counts.
 */
function isExecution(call: ToolCall, before: readonly CallSite[]): boolean {
  if (call.id !== null || !/^[A-Z]\w+$/.test(call.name)) return false;
  for (let at = before.length - 1; at >= Math.max(0, before.length - PARALLEL); at--) {
    const made = before[at]?.call;
    if (made === undefined || made.id === null || made.name === call.name) continue;
    if (JSON.stringify(made.arguments) === JSON.stringify(call.arguments)) return true;
  }
  return false;
}

/** Calls that one message may make before the first of them is carried out. */
const PARALLEL = 8;

/** Results stand in the tool messages right after the call, matched by id where there are ids, else by order. */
function resultsOf(trace: Trace, at: number, calls: readonly ToolCall[]): (CallResult | null)[] {
  const results: (CallResult | null)[] = calls.map(() => null);
  const slots = new Map(calls.flatMap((call, slot) => (call.id === null ? [] : [[call.id, slot]])));
  let free = 0;
  for (let next = at + 1; next < trace.messages.length; next++) {
    const message = trace.messages[next];
    if (message?.role !== 'tool') break;
    while (free < results.length && results[free] !== null) free++;
    const slot = (message.toolCallId === null ? undefined : slots.get(message.toolCallId)) ?? free;
    if (slot >= results.length) break;
    results[slot] = {
      text: message.content,
      path: pointer('messages', next, 'content'),
      at: next,
      isError: message.isError === true || isToolError(message.content),
    };
  }
  return results;
}

function spanCalls(trace: Trace): readonly CallSite[] {
  let calls: CallSite[] | null = null;
  for (const [at, span] of trace.spans.entries()) {
    if (span.kind !== 'tool' || span.toolCall === null) continue;
    calls ??= [];
    const failed = span.error !== null || span.status === 'error';
    calls.push({
      call: span.toolCall,
      path: pointer('spans', at, 'toolCall'),
      at,
      spanId: span.id,
      tool: toolNamed(trace.tools, span.toolCall.name),
      result: spanResult(trace, at, failed),
    });
  }
  return calls ?? NONE;
}

function spanResult(trace: Trace, at: number, failed: boolean): CallResult | null {
  const span = trace.spans[at];
  if (span === undefined) return null;
  if (span.toolResult !== null) {
    const isError = failed || isToolError(span.toolResult);
    return { text: span.toolResult, path: pointer('spans', at, 'toolResult'), at, isError };
  }
  if (span.error === null) return null;
  return {
    text: span.error.message,
    path: pointer('spans', at, 'error', 'message'),
    at,
    isError: true,
  };
}

/** The offered tool of this name. Vendors that forbid dots in names replace them, so punctuation does not count. */
function toolNamed(tools: readonly ToolDefinition[], name: string): ToolDefinition | null {
  const exact = tools.find((tool) => tool.name === name);
  if (exact !== undefined) return exact;
  const plain = plainName(name);
  return tools.find((tool) => plainName(tool.name) === plain) ?? null;
}

const plainName = (name: string): string => name.replace(/[^A-Za-z0-9]/g, '_');

/** Whether the same tool worked later in the run: what went wrong here was put right. */
export function isPutRight(calls: readonly CallSite[], site: CallSite): boolean {
  let last = lastSuccess.get(calls);
  if (last === undefined) {
    last = new Map(
      calls.flatMap(({ call, at, result }) => (result?.isError === false ? [[call.name, at]] : [])),
    );
    lastSuccess.set(calls, last);
  }
  return (last.get(site.call.name) ?? -1) > site.at;
}

const lastSuccess = new WeakMap<readonly CallSite[], Map<string, number>>();
