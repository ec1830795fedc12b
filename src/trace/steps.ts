import type { Role, Span, SpanKind, ToolCall, Trace } from '../contract/trace.ts';

/** One step of a run: a message, a tool call, or a span. */
export interface Step {
  /** Role of the message or kind of the span; `tool` for a call and for its result. */
  readonly kind: Role | SpanKind;
  /** The tool that is called; null on every other step, results included. */
  readonly tool: string | null;
  readonly call: ToolCall | null;
  readonly spanId: string | null;
  /** Whether the recorder marks it as failed. The text of a result is not judged. */
  readonly failed: boolean;
  /** Type of the recorded error. */
  readonly error: string | null;
  /** Position in the messages or the spans of the trace. */
  readonly index: number;
  /** Position among the calls of its message; null for other steps. */
  readonly callIndex: number | null;
}

/**
 * The steps of a run, in order: from its messages, which say what the model did, or from its spans where
 * only they record tool calls. Everything that asks which tools a run called starts here.
 */
export const steps = (trace: Trace): readonly Step[] =>
  areInMessages(trace) ? messageSteps(trace) : spanSteps(trace);

/** Whether the messages of a run hold its steps; else its spans do. */
export const areInMessages = (trace: Trace): boolean =>
  hasMessageCalls(trace) || (trace.messages.length > 0 && !hasSpanCalls(trace));

const hasMessageCalls = ({ messages }: Trace): boolean =>
  messages.some(({ toolCalls }) => toolCalls.length > 0);

const hasSpanCalls = ({ spans }: Trace): boolean => spans.some(({ toolCall }) => toolCall !== null);

/** The steps that call a tool. Most traces have none, which is seen without making their steps. */
export const toolSteps = (trace: Trace): readonly ToolStep[] =>
  hasMessageCalls(trace) || hasSpanCalls(trace) ? steps(trace).filter(callsTool) : NO_STEPS;

const NO_STEPS: readonly ToolStep[] = [];

export type ToolStep = Step & { readonly tool: string; readonly call: ToolCall };

const callsTool = (step: Step): step is ToolStep => step.call !== null;

/** One step for each span. */
export const spanSteps = ({ spans }: Trace): readonly Step[] =>
  spans.map((span, index) => ({
    kind: span.kind,
    tool: span.toolCall?.name ?? (span.kind === 'tool' ? span.name : null),
    call: span.toolCall,
    spanId: span.id,
    failed: hasFailed(span),
    error: span.error?.type ?? null,
    index,
    callIndex: null,
  }));

/** One step for each message, and for a message that calls tools one for each call. */
export function messageSteps({ messages, spans }: Trace): readonly Step[] {
  const executions = executionsOf(spans);
  const found: Step[] = [];
  const calls: ToolCall[] = [];
  for (const [index, { role, toolCalls, spanId }] of messages.entries()) {
    if (toolCalls.length === 0) found.push({ ...NO_CALL, kind: role, spanId, index });
    for (const [callIndex, call] of toolCalls.entries()) {
      if (isExecution(call, calls)) continue;
      calls.push(call);
      const span = executions(call);
      found.push({
        kind: 'tool',
        tool: call.name,
        call,
        spanId,
        failed: span !== undefined && hasFailed(span),
        error: span?.error?.type ?? null,
        index,
        callIndex,
      });
    }
  }
  return found;
}

const NO_CALL = { tool: null, call: null, failed: false, error: null, callIndex: null };

const hasFailed = ({ error, status }: Span): boolean => error !== null || status === 'error';

/** Finds the span that carried out a call: the one with its id, else the next of its tool that has none. */
function executionsOf(spans: readonly Span[]): (call: ToolCall) => Span | undefined {
  const byId = new Map<string, Span>();
  const byName = new Map<string, Span[]>();
  for (const span of spans) {
    if (span.toolCall === null) continue;
    const { id, name } = span.toolCall;
    if (id !== null && !byId.has(id)) byId.set(id, span);
    const same = byName.get(name);
    if (same === undefined) byName.set(name, [span]);
    else same.push(span);
  }
  const taken = new Set<Span>();
  return ({ id, name }) => {
    const span =
      (id === null ? undefined : byId.get(id)) ??
      byName
        .get(name)
        ?.find((each) => !taken.has(each) && (id === null || each.toolCall?.id === null));
    if (span !== undefined) taken.add(span);
    return span;
  };
}

/** Calls that one message may make before the first of them is carried out. */
const PARALLEL = 8;

/**
 * Some recorders write a call twice: as the model made it, with an id, and as it was carried out,
 * without one and under the name of the implementing class. Only the first counts.
 */
function isExecution(call: ToolCall, before: readonly ToolCall[]): boolean {
  if (call.id !== null || !/^[A-Z]\w+$/.test(call.name)) return false;
  return before
    .slice(-PARALLEL)
    .some(
      (made) =>
        made.id !== null &&
        made.name !== call.name &&
        JSON.stringify(made.arguments) === JSON.stringify(call.arguments),
    );
}
