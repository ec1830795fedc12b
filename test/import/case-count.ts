import type { Trace } from '../../src/contract/trace.ts';

/** What the traces of a case add up to. */
export interface CaseCount {
  readonly traces: number;
  readonly modelCalls: number;
  readonly toolCalls: number;
  /** Tool calls whose result the recorder marked as an error. */
  readonly failedTools: number;
  readonly documents: number;
  readonly scores: number;
  /** Traces with an error. */
  readonly errors: number;
  /** Traces whose last model call stopped at a limit or a filter. */
  readonly stopped: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** First letters of the roles of the first trace, system first. */
  readonly roles: string;
}

export function caseCount(traces: readonly Trace[]): CaseCount {
  const total = (of: (trace: Trace) => number): number =>
    traces.reduce((sum, trace) => sum + of(trace), 0);
  const spans = (kind: string) =>
    total((trace) => trace.spans.filter((s) => s.kind === kind).length);
  return {
    traces: traces.length,
    modelCalls: spans('model'),
    toolCalls: total(callCount),
    failedTools: total(failedCalls),
    documents: total(({ documents }) => documents.length),
    scores: total(({ scores }) => scores.length),
    errors: total(({ error }) => Number(error !== null)),
    stopped: total((trace) => Number(STOPS.has(lastStop(trace)))),
    inputTokens: total(({ usage }) => usage.inputTokens ?? 0),
    outputTokens: total(({ usage }) => usage.outputTokens ?? 0),
    roles: traces[0]?.messages.map(({ role }) => role[0]).join('') ?? '',
  };
}

const STOPS: ReadonlySet<string | null> = new Set(['length', 'content_filter']);

const lastStop = ({ spans }: Trace): string | null =>
  spans.findLast(({ kind }) => kind === 'model')?.finishReason ?? null;

const callCount = ({ messages }: Trace): number =>
  messages.reduce((sum, { toolCalls }) => sum + toolCalls.length, 0);

function failedCalls({ messages, spans }: Trace): number {
  const marked = messages.filter(({ isError }) => isError === true).length;
  return marked > 0 ? marked : spans.filter((s) => s.kind === 'tool' && s.error !== null).length;
}
