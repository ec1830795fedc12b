/**
 * Counts of traces taken directly from the raw JSON, independent of the product: uses no code of `src/`.
 */

type Raw = Record<string, unknown>;

const list = (value: unknown): Raw[] => (Array.isArray(value) ? (value as Raw[]) : []);
const record = (value: unknown): Raw =>
  typeof value === 'string' ? (JSON.parse(value) as Raw) : ((value ?? {}) as Raw);

export interface RawCount {
  readonly traces: number;
  readonly modelCalls: number;
  readonly toolCalls: number;
  readonly documents: number;
  readonly scores: number;
  readonly errors: number;
}

/** Counts an OTLP/JSON request with OpenInference kinds, like the TRAIL traces. */
export function countOtlp(request: Raw): RawCount {
  const spans = list(request['resourceSpans'])
    .flatMap((each) => list(each['scopeSpans']))
    .flatMap((each) => list(each['spans']));
  const kinds = spans.map(
    (span) =>
      record(
        list(span['attributes']).find((each) => each['key'] === 'openinference.span.kind')?.[
          'value'
        ],
      )['stringValue'],
  );
  const documents = spans.flatMap((span) =>
    list(span['attributes']).filter((each) =>
      /^retrieval\.documents\.\d+\.document\.content$/.test(String(each['key'])),
    ),
  );
  const failed = spans.filter((span) => record(span['status'])['code'] === 2);
  return {
    traces: new Set(spans.map((span) => span['traceId'])).size,
    modelCalls: kinds.filter((kind) => kind === 'LLM').length,
    toolCalls: kinds.filter((kind) => kind === 'TOOL').length,
    documents: documents.length,
    scores: 0,
    errors: withoutFailedChild(failed, 'spanId', 'parentSpanId'),
  };
}

/** Counts a Langfuse download. For the type SPAN, uses the kind of the instrumentation. */
export function countLangfuse(download: Raw): RawCount {
  const trace = record(download['trace']);
  const observations = list(download['observations']);
  const kinds = observations.map((each) => {
    if (each['type'] !== 'SPAN') return String(each['type']);
    const attributes = record(record(each['metadata'])['attributes']);
    const named =
      attributes['openinference.span.kind'] ??
      attributes['langsmith.span.kind'] ??
      attributes['gen_ai.operation.name'] ??
      ('gen_ai.tool.name' in attributes || 'tool.name' in attributes ? 'tool' : '');
    return String(named).toUpperCase();
  });
  const failed = observations.filter((each) => each['level'] === 'ERROR');
  return {
    traces: 1,
    modelCalls: kinds.filter((kind) => ['GENERATION', 'LLM', 'CHAT'].includes(kind)).length,
    toolCalls: kinds.filter((kind) => ['TOOL', 'EXECUTE_TOOL'].includes(kind)).length,
    documents: 0,
    scores: list(trace['scores']).length + list(trace['corrections']).length,
    errors: withoutFailedChild(failed, 'id', 'parentObservationId'),
  };
}

/** Counts a line of the benchmark: chat messages, or spans with their kinds. */
export function countRow(row: Raw): RawCount {
  const messages = list(row['messages']);
  const spans = list(row['spans']);
  const isFailed = row['status'] === 'error';
  const common = {
    traces: 1,
    documents: list(row['retrieved']).length,
    scores: Object.keys(record(row['scores'])).length,
  };
  if (spans.length > 0) {
    const failed = spans.filter(
      (span, index) => span['status'] === 'Error' || (index === 0 && isFailed),
    );
    return {
      ...common,
      modelCalls: spans.filter((span) => span['kind'] === 'LLM').length,
      toolCalls: spans.filter((span) => span['kind'] === 'TOOL').length,
      errors: withoutFailedChild(failed, 'span_id', 'parent_id'),
    };
  }
  const calls = messages.flatMap((message) => list(message['tool_calls']));
  const toolErrors = messages.filter(
    (message) =>
      message['role'] === 'tool' && Boolean(message['error']) && answersACall(message, messages),
  ).length;
  return {
    ...common,
    modelCalls: messages.filter((message) => message['role'] === 'assistant').length,
    toolCalls: calls.length,
    // The run's error is that of the failed call, propagated.
    errors: toolErrors > 0 ? toolErrors : Number(isFailed),
  };
}

/** A tool message without an id answers a call of the same name. */
function answersACall(message: Raw, messages: readonly Raw[]): boolean {
  const before = messages.slice(0, messages.indexOf(message));
  return before
    .flatMap((each) => list(each['tool_calls']))
    .some((call) =>
      message['tool_call_id'] === null || message['tool_call_id'] === ''
        ? call['name'] === message['name']
        : call['id'] === message['tool_call_id'],
    );
}

function withoutFailedChild(failed: readonly Raw[], id: string, parent: string): number {
  const passedOn = new Set(failed.map((span) => span[parent]));
  return failed.filter((span) => !passedOn.has(span[id])).length;
}

export function sum(counts: readonly RawCount[]): RawCount {
  const total = { traces: 0, modelCalls: 0, toolCalls: 0, documents: 0, scores: 0, errors: 0 };
  for (const each of counts) {
    for (const key of Object.keys(total) as (keyof RawCount)[]) total[key] += each[key];
  }
  return total;
}

/** Keys that hold ids of other spans. */
const ELSEWHERE = new Set([
  'parent',
  'parentSpanContext',
  'references',
  'links',
  'scores',
  'corrections',
]);

/** Every span, observation and run id of a parsed file, as 16 or 32 hex digits if possible. */
export function spanIds(value: unknown): Set<string> {
  const ids = new Set<string>();
  const visit = (node: unknown) => {
    if (Array.isArray(node)) for (const item of node) visit(item);
    if (typeof node !== 'object' || node === null) return;
    const found = node as Raw;
    const isRun = 'run_type' in found || 'parentObservationId' in found || 'dotted_order' in found;
    for (const [key, item] of Object.entries(found)) {
      if (key === 'spanId' || key === 'span_id' || key === 'spanID') ids.add(plainId(item));
      else if (key === 'id' && isRun) ids.add(plainId(item));
      else if (!ELSEWHERE.has(key)) visit(item);
    }
  };
  visit(value);
  return ids;
}

function plainId(id: unknown): string {
  if (typeof id === 'number') return id.toString(16).padStart(16, '0');
  const text = String(id);
  if (/^[A-Za-z0-9+/]{11}=$/.test(text)) return Buffer.from(text, 'base64').toString('hex');
  const bare = text.replaceAll('-', '').toLowerCase();
  return /^[0-9a-f]{32}$/.test(bare) || /^[0-9a-f]{16}$/.test(bare) ? bare : text;
}
