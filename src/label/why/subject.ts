import type { Failure } from '../../contract/failure.ts';
import type { Signal } from '../../contract/signal.ts';
import type { ToolCall, ToolDefinition, Trace } from '../../contract/trace.ts';
import type { Why } from '../../contract/why.ts';
import { causeParts } from '../../text/cause.ts';
import { mostFrequentBy } from '../most-frequent.ts';
import type { QuestionCoverage } from './question-coverage.ts';

/** A cause to explain, and what its checks read. */
export interface Subject {
  readonly category: string;
  /** All members, nearest the center first. */
  readonly members: readonly Trace[];
  /** A few of the members that share the signal; the checks read their texts. */
  readonly exemplars: readonly Exemplar[];
  /** The signal that most members share; null where none says why they failed. */
  readonly signal: Signal | null;
  readonly passing: readonly Trace[];
  /** Which traces have passages that cover their question. */
  readonly coverage: QuestionCoverage;
  /** Tools and arguments that the title names. */
  readonly tools: readonly string[];
  readonly fields: readonly string[];
}

export interface Exemplar {
  readonly trace: Trace;
  readonly signals: readonly Signal[];
  /** Its signal of the cause. */
  readonly signal: Signal | null;
}

/** Looks for one likely reason in what was recorded; null where it does not apply or is not so. */
export type Check = (subject: Subject) => Why | null;

/** Most exemplars that a check reads. */
const EXEMPLARS = 8;

export function subjectOf(
  category: string,
  failures: readonly Failure[],
  passing: readonly Trace[],
  coverage: QuestionCoverage,
): Subject {
  const causes = failures.map(({ cause }) => cause);
  const signal = mostFrequentBy(causes, keyOf)?.value ?? null;
  const key = keyOf(signal);
  const sharing = failures.filter(({ cause }) => keyOf(cause) === key);
  const slots = signal?.statement.slots ?? [];
  return {
    category,
    signal,
    passing,
    coverage,
    members: failures.map(({ trace }) => trace),
    exemplars: sharing
      .slice(0, EXEMPLARS)
      .map(({ trace, signals, cause }) => ({ trace, signals, signal: cause })),
    tools: slots.flatMap(({ kind, value }) => (kind === 'tool' ? [value] : [])),
    fields: slots.flatMap(({ kind, value }) => (kind === 'field' ? [value] : [])),
  };
}

const keyOf = (signal: Signal | null): string =>
  signal === null ? '' : JSON.stringify(causeParts(signal));

/** An argument of a call that a cause is about. */
export interface ArgumentAt {
  readonly call: ToolCall;
  /** Name of the argument at the top level of the call. */
  readonly name: string;
}

/** The argument that the evidence of an exemplar points to, if the title names it or names no field. */
export function argumentOf(
  { trace, signal }: Exemplar,
  fields: readonly string[],
): ArgumentAt | null {
  for (const { path } of signal?.evidence ?? []) {
    const [, message, call, name] = ARGUMENT.exec(path) ?? [];
    const made = trace.messages[Number(message)]?.toolCalls[Number(call)];
    if (made === undefined || name === undefined) continue;
    const plain = name.replaceAll('~1', '/').replaceAll('~0', '~');
    if (fields.length === 0 || fields.some((field) => field.split('.')[0] === plain))
      return { call: made, name: plain };
  }
  return null;
}

const ARGUMENT = /^\/messages\/(\d+)\/toolCalls\/(\d+)\/arguments\/([^/]+)/;

/** An offered tool with its place in the trace; null when it was not offered. */
export function offered(
  { tools }: Trace,
  name: string,
): { readonly tool: ToolDefinition; readonly path: string } | null {
  const at = tools.findIndex((tool) => tool.name === name);
  return at < 0 ? null : { tool: tools[at]!, path: `/tools/${at}` };
}
