import type {
  Document,
  Gap,
  Message,
  Origin,
  Score,
  Span,
  ToolDefinition,
  Trace,
} from '../../contract/trace.ts';
import { field } from '../dialect/attribute-reading.ts';
import { spanScores } from '../dialect/evaluation.ts';
import { readSpan, type SpanReading } from '../dialect/read-span.ts';
import type { RawScore, RawSpan } from '../record.ts';
import { traceConversation } from './assemble-conversation.ts';
import { traceError } from './assemble-error.ts';
import { traceUsage } from './assemble-usage.ts';
import { hasEmptyReply, NO_INPUT, NO_OUTPUT } from './gap.ts';
import { impliedVersion } from './prompt-version.ts';
import { withSentiment } from './score-sentiment.ts';
import { type SpanTree, spanTree } from './span-tree.ts';
import { traceFields } from './trace-field.ts';
import { traceInput, traceOutput } from './trace-text.ts';

/** An assembled trace, with what other traces need from it. */
export interface AssembledTrace {
  readonly trace: Trace;
  /** Span by response id. */
  readonly responses: ReadonlyMap<string, string>;
  /** Scores in it about other traces. */
  readonly elsewhere: readonly RawScore[];
  /** True when it consists only of scores about other traces. */
  readonly isCarrier: boolean;
}

/** By start time; when equal, the outer span first, then the one that arrived first. */
function inTimeOrder(arrived: readonly SpanReading[]): readonly SpanReading[] {
  const sorted = arrived.toSorted((a, b) => startOf(a) - startOf(b) || 0);
  const tied = sorted.some(
    (reading, at) => at > 0 && startOf(reading) === startOf(sorted[at - 1]!),
  );
  if (!tied) return sorted;
  const { depths } = spanTree(sorted);
  return sorted
    .map((reading, at) => ({ reading, at, depth: depths[at]! }))
    .sort((a, b) => startOf(a.reading) - startOf(b.reading) || a.depth - b.depth || a.at - b.at)
    .map(({ reading }) => reading);
}

/** Canonical trace of spans with one trace id, in order of arrival. */
export function assembleTrace(
  traceId: string,
  raws: readonly RawSpan[],
  given: readonly Score[],
  origin: Origin,
): AssembledTrace {
  const tree = spanTree(inTimeOrder(raws.map(readSpan)));
  const readings = tree.spans;
  const own: Score[] = [...given];
  const elsewhere: RawScore[] = [];
  let carriers = 0;
  for (const reading of readings) {
    const found = spanScores(reading.raw, reading.attributes, reading.span.kind);
    if (found.length === 0) continue;
    const away = found.filter(({ traceId: target }) => target !== null && target !== traceId);
    for (const raw of found) {
      if (raw.traceId !== null && raw.traceId !== traceId) elsewhere.push(raw);
      else own.push(raw.score);
    }
    if (away.length === found.length) carriers++;
  }
  const trace = traceOf(traceId, tree, own, origin);
  return {
    trace,
    responses: responsesOf(readings),
    elsewhere,
    isCarrier: carriers > 0 && carriers === readings.length,
  };
}

const startOf = ({ span }: SpanReading): number => span.startTime ?? Number.MAX_SAFE_INTEGER;

function responsesOf(readings: readonly SpanReading[]): ReadonlyMap<string, string> {
  const responses = new Map<string, string>();
  for (const { attributes, span } of readings) {
    const id = field(attributes, 'responseId');
    if (typeof id === 'string') responses.set(id, span.id);
  }
  return responses;
}

function traceOf(traceId: string, tree: SpanTree, scores: readonly Score[], origin: Origin): Trace {
  const { total, isAggregate } = traceUsage(tree);
  const { status, error } = traceError(tree);
  const input = traceInput(tree);
  const output = traceOutput(tree);
  const messages = traceConversation(tree, input, output);
  const outermost = byDepth(tree);
  const fields = traceFields(outermost);
  const spans = tree.spans.map(({ span }, index) => placed(tree, span, index, isAggregate));
  const last = lastCall(spans);
  return {
    id: traceId,
    ...fields,
    promptVersion: fields.promptVersion ?? impliedVersion(systemPromptOf(messages)),
    model: last?.model ?? null,
    provider: last?.provider ?? null,
    startTime: extreme(spans, 'startTime', Math.min),
    endTime: extreme(spans, 'endTime', Math.max),
    status,
    error,
    input,
    output,
    messages,
    tools: toolsOf(tree),
    documents: documentsIn(tree),
    scores: distinct(scores.map(withSentiment)),
    usage: total,
    spans,
    gaps: gapsOf(tree, {
      input,
      output,
      isAnswerless: error !== null || hasEmptyReply(messages),
    }),
    origin,
  };
}

/** Roots first, then by depth; among equals the earlier first. */
function byDepth({ spans, depths }: SpanTree): readonly SpanReading[] {
  const order = spans.map((_, index) => index);
  order.sort((a, b) => (depths[a] as number) - (depths[b] as number) || a - b);
  return order.map((index) => spans[index] as SpanReading);
}

function placed(tree: SpanTree, span: Span, index: number, isAggregate: readonly boolean[]): Span {
  const parentId = (tree.parents[index] as number) < 0 ? null : span.parentId;
  const usageIsAggregate = isAggregate[index] === true;
  if (parentId === span.parentId && usageIsAggregate === span.usageIsAggregate) return span;
  return { ...span, parentId, usageIsAggregate };
}

function lastCall(spans: readonly Span[]): Span | undefined {
  return (
    spans.findLast((span) => span.kind === 'model' && span.model !== null) ??
    spans.findLast((span) => span.model !== null)
  );
}

function extreme(
  spans: readonly Span[],
  key: 'startTime' | 'endTime',
  choose: (a: number, b: number) => number,
): number | null {
  let found: number | null = null;
  for (const span of spans) {
    const time = span[key];
    if (time !== null) found = found === null ? time : choose(found, time);
  }
  return found;
}

const systemPromptOf = (messages: readonly Message[]): string =>
  messages.find((message) => message.role === 'system')?.content ?? '';

function toolsOf(tree: SpanTree): readonly ToolDefinition[] {
  const byName = new Map<string, ToolDefinition>();
  for (const { tools } of tree.spans) {
    for (const tool of tools) if (!byName.has(tool.name)) byName.set(tool.name, tool);
  }
  return [...byName.values()];
}

/** A reranked passage was retrieved before; it counts once. */
function documentsIn(tree: SpanTree): readonly Document[] {
  const seen = new Set<string>();
  const documents: Document[] = [];
  for (const { span } of tree.spans) {
    for (const document of span.documents) {
      const isAgain =
        span.kind === 'rerank' &&
        ((document.id !== null && seen.has(`id ${document.id}`)) || seen.has(document.content));
      if (isAgain) continue;
      if (document.id !== null) seen.add(`id ${document.id}`);
      if (document.content !== '') seen.add(document.content);
      documents.push(document);
    }
  }
  return documents;
}

function distinct(scores: readonly Score[]): readonly Score[] {
  const byKey = new Map<string, Score>();
  for (const score of scores) {
    const key = JSON.stringify([score.name, score.value, score.label, score.spanId]);
    if (!byKey.has(key)) byKey.set(key, score);
  }
  return [...byKey.values()];
}

const MAX_GAPS = 200;

function gapsOf(
  tree: SpanTree,
  whole: { readonly input: string; readonly output: string; readonly isAnswerless: boolean },
): readonly Gap[] {
  const gaps = tree.spans.flatMap(({ gaps: own }) => own);
  const headers = tree.spans.reduce((sum, { attributes }) => sum + attributes.headers, 0);
  if (headers > 0) {
    const detail = `${headers} request header attributes were left out`;
    gaps.push({ kind: 'dropped_key', spanId: null, detail });
  }
  for (const [index, parentId] of tree.orphans) {
    const spanId = tree.spans[index]?.span.id ?? null;
    gaps.push({
      kind: 'orphan_span',
      spanId,
      detail: `its parent ${parentId} is not in the input`,
    });
  }
  const isRedacted = gaps.some(({ kind }) => kind === 'redacted');
  if (whole.input === '' && !isRedacted) {
    gaps.push(NO_INPUT);
  }
  if (whole.output === '' && !isRedacted && !whole.isAnswerless) {
    gaps.push(NO_OUTPUT);
  }
  return gaps.length > MAX_GAPS ? gaps.slice(0, MAX_GAPS) : gaps;
}
