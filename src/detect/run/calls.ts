import type { JsonObject } from '../../contract/json.ts';
import type { ToolCall, ToolDefinition, Trace } from '../../contract/trace.ts';
import { isRecord } from '../../text/json.ts';
import { type ToolStep, toolSteps } from '../../trace/steps.ts';
import { pointer } from '../evidence.ts';
import { type Leaf, leavesOf } from './leaves.ts';
import { Schema } from './schema/schema.ts';
import type { Violation } from './schema/violation.ts';
import { isToolError } from './tool-error.ts';

/** A tool call of the trace, with the offered tool that it names and what came back. */
export class CallSite {
  readonly call: ToolCall;
  /** Pointer to the call. */
  readonly path: string;
  /** Index of the message that made it; for calls known from spans alone, index of the span. */
  readonly at: number;
  readonly spanId: string | null;
  readonly result: CallResult | null;
  readonly #offered: OfferedTool | null;
  #leaves: readonly Leaf[] | undefined;
  #violations: readonly Violation[] | undefined;

  constructor(facts: CallFacts) {
    this.call = facts.call;
    this.path = facts.path;
    this.at = facts.at;
    this.spanId = facts.spanId;
    this.result = facts.result;
    this.#offered = facts.offered;
  }

  /** The offered tool of this name; null when none was offered. */
  get tool(): ToolDefinition | null {
    return this.#offered?.definition ?? null;
  }

  /** Every scalar among the arguments. */
  get leaves(): readonly Leaf[] {
    this.#leaves ??= leavesOf(this.call.arguments);
    return this.#leaves;
  }

  /** The arguments that the offered tool takes, by name; null when its schema lists none. */
  get properties(): JsonObject | null {
    const properties = this.tool?.parameters?.['properties'];
    return isRecord(properties) ? properties : null;
  }

  /** How the arguments break the schema of the tool; none without a schema, or where they were recorded as text. */
  get violations(): readonly Violation[] {
    this.#violations ??= isRecord(this.call.arguments)
      ? (this.#offered?.schema?.violations(this.call.arguments) ?? [])
      : [];
    return this.#violations;
  }
}

interface CallFacts {
  readonly call: ToolCall;
  readonly path: string;
  readonly at: number;
  readonly spanId: string | null;
  readonly offered: OfferedTool | null;
  readonly result: CallResult | null;
}

interface CallResult {
  readonly text: string;
  /** Pointer to the text. */
  readonly path: string;
  readonly at: number;
  readonly isError: boolean;
}

/** Every tool call of a trace in order: from its messages or, where they hold none, from its tool spans. */
export function callsOf(trace: Trace): readonly CallSite[] {
  const made = toolSteps(trace);
  if (made.length === 0) return NONE;
  const offered = new OfferedTools(trace.tools);
  const results = new Map<number, readonly (CallResult | null)[]>();
  const resultOf = ({ index, callIndex, failed }: ToolStep): CallResult | null => {
    if (callIndex === null) return spanResult(trace, index, failed);
    const known = results.get(index) ?? messageResults(trace, index);
    results.set(index, known);
    return known[callIndex] ?? null;
  };
  return made.map(
    (step) =>
      new CallSite({
        call: step.call,
        path: pathOf(step),
        at: step.index,
        spanId: step.spanId,
        offered: offered.named(step.call.name),
        result: resultOf(step),
      }),
  );
}

const NONE: readonly CallSite[] = [];

const pathOf = ({ index, callIndex }: ToolStep): string =>
  callIndex === null
    ? pointer('spans', index, 'toolCall')
    : pointer('messages', index, 'toolCalls', callIndex);

/** Results are the tool messages right after the call, matched by id where there are ids, else by order. */
function messageResults(trace: Trace, at: number): readonly (CallResult | null)[] {
  const calls = trace.messages[at]?.toolCalls ?? [];
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
      isError: isToolError(message.content),
    };
  }
  return results;
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

interface OfferedTool {
  readonly definition: ToolDefinition;
  readonly schema: Schema | null;
}

/** Finds the offered tool that a call names. Vendors that forbid dots in names replace them, so punctuation does not count. */
class OfferedTools {
  readonly #tools: readonly ToolDefinition[];
  readonly #byName = new Map<string, OfferedTool | null>();

  constructor(tools: readonly ToolDefinition[]) {
    this.#tools = tools;
  }

  named(name: string): OfferedTool | null {
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    const found = this.#find(name);
    this.#byName.set(name, found);
    return found;
  }

  #find(name: string): OfferedTool | null {
    const plain = plainName(name);
    const definition =
      this.#tools.find((tool) => tool.name === name) ??
      this.#tools.find((tool) => plainName(tool.name) === plain);
    if (definition === undefined) return null;
    const { parameters } = definition;
    return { definition, schema: parameters === null ? null : new Schema(parameters) };
  }
}

const plainName = (name: string): string => name.replace(/[^A-Za-z0-9]/g, '_');

/** Where each tool last succeeded, by name, as the position of the call. */
export const lastSuccesses = (calls: readonly CallSite[]): ReadonlyMap<string, number> =>
  new Map(
    calls.flatMap(({ call, at, result }) => (result?.isError === false ? [[call.name, at]] : [])),
  );
