import { READINESS_ITEMS, type ReadinessItem } from '../contract/readiness.ts';
import type { Span, Trace } from '../contract/trace.ts';

/** What an item is, and what cannot be told without it. */
export const READINESS_TEXT: Readonly<
  Record<ReadinessItem, { readonly label: string; readonly why: string }>
> = {
  input: { label: 'what the user asked', why: 'most detectors compare the answer with it' },
  output: { label: 'the answer', why: 'without it nothing about the answer can be judged' },
  root: { label: 'an ended root span', why: 'a trace without one is judged 10 minutes later' },
  tool_results: {
    label: 'results of tool calls',
    why: 'failed, empty and ignored results are found in them',
  },
  tool_definitions: {
    label: 'the tools that were offered',
    why: 'arguments are checked against their schemas, and unknown tools are found',
  },
  documents: {
    label: 'retrieved documents',
    why: 'whether an answer is grounded is checked against them',
  },
  scores: {
    label: 'scores or feedback',
    why: 'they say which traces failed where nothing else does',
  },
  prompt_version: {
    label: 'the version of the prompt',
    why: 'versions are compared by it; a version read off the system prompt stands in',
  },
  model: { label: 'the model', why: 'causes are compared by model' },
  usage: { label: 'tokens', why: 'cost and outliers are counted in them' },
  finish_reason: {
    label: 'why the model stopped',
    why: 'a cut answer cannot be told from a short one without it',
  },
  tenant: { label: 'the tenant', why: 'shows whom a cause hits, and allows to delete a tenant' },
  user: { label: 'the user', why: 'counts how many people a cause reaches' },
  session: { label: 'the session', why: 'joins the turns of a conversation, and its scores' },
  environment: { label: 'the environment', why: 'keeps tests apart from production' },
  release: { label: 'the release', why: 'failures are traced to the deploy that brought them' },
};

/** What of it a trace carries and lacks. An item that does not apply to the trace, such as documents without a retrieval, is in neither. */
export interface Readiness {
  readonly carries: readonly ReadinessItem[];
  readonly lacks: readonly ReadinessItem[];
}

/** What a trace carries of what detectors, comparisons and counts need. */
export function readinessOf(trace: Trace): Readiness {
  const carries: ReadinessItem[] = [];
  const lacks: ReadinessItem[] = [];
  for (const item of READINESS_ITEMS) {
    const found = CHECKS[item](trace);
    if (found !== null) (found ? carries : lacks).push(item);
  }
  return { carries, lacks };
}

/** Whether a trace carries an item; null where it does not apply. */
type Check = (trace: Trace) => boolean | null;

const CHECKS: Readonly<Record<ReadinessItem, Check>> = {
  input: ({ input }) => input !== '',
  output: ({ output, error }) => (output === '' && error !== null ? null : output !== ''),
  root: (trace) => (trace.spans.length === 0 ? null : hasEndedRoot(trace)),
  tool_results: (trace) => (callsTools(trace) ? !lacksResult(trace) : null),
  tool_definitions: (trace) => (callsTools(trace) ? trace.tools.length > 0 : null),
  documents: ({ spans, documents }) =>
    spans.some(({ kind }) => kind === 'retrieval' || kind === 'rerank')
      ? documents.length > 0
      : null,
  scores: ({ scores }) => scores.length > 0,
  prompt_version: (trace) =>
    callsModels(trace) || trace.promptVersion !== null ? isVersionRecorded(trace) : null,
  model: (trace) => (callsModels(trace) ? trace.model !== null : null),
  usage: (trace) =>
    answersOf(trace).length === 0
      ? null
      : trace.usage.inputTokens !== null && trace.usage.outputTokens !== null,
  finish_reason: (trace) => {
    const answers = answersOf(trace);
    return answers.length === 0 ? null : answers.some(({ finishReason }) => finishReason !== null);
  },
  tenant: ({ tenant }) => tenant !== null,
  user: ({ user }) => user !== null,
  session: ({ session }) => session !== null,
  environment: ({ environment }) => environment !== null,
  release: ({ release }) => release !== null,
};

const callsModels = ({ spans }: Trace): boolean => spans.some(({ kind }) => kind === 'model');

/** Model calls that did not fail. */
const answersOf = ({ spans }: Trace): readonly Span[] =>
  spans.filter(({ kind, error }) => kind === 'model' && error === null);

const callsTools = ({ spans, messages }: Trace): boolean =>
  spans.some(({ kind }) => kind === 'tool') ||
  messages.some(({ toolCalls }) => toolCalls.length > 0);

function lacksResult({ messages, gaps }: Trace): boolean {
  if (gaps.some(({ kind }) => kind === 'missing_tool_result')) return true;
  const calls = messages.reduce((sum, { toolCalls }) => sum + toolCalls.length, 0);
  return calls > 0 && !messages.some(({ role }) => role === 'tool');
}

/** A version that was read off the system prompt is none that was recorded. */
const isVersionRecorded = ({ promptVersion }: Trace): boolean =>
  promptVersion !== null && !/^sha:[\da-f]{12}$/.test(promptVersion);

/** An orphan is no root, nor is a span without length that others outlast: it has begun and not ended. */
function hasEndedRoot({ spans, gaps }: Trace): boolean {
  const orphans = new Set(gaps.flatMap((gap) => (gap.kind === 'orphan_span' ? [gap.spanId] : [])));
  const last = spans.reduce((end, span) => Math.max(end, endOf(span)), Number.NEGATIVE_INFINITY);
  return spans.some(
    (span) =>
      span.parentId === null &&
      !orphans.has(span.id) &&
      (span.startTime !== span.endTime || endOf(span) >= last),
  );
}

const endOf = ({ endTime }: Span): number => endTime ?? Number.NEGATIVE_INFINITY;
