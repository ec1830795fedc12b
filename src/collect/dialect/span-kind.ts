import type { JsonObject } from '../../contract/json.ts';
import type { SpanKind } from '../../contract/trace.ts';
import { parseJson } from '../../text/json.ts';
import { stringOf } from '../json/json-value.ts';
import type { RawSpan } from '../record.ts';
import { KIND_KEYS } from './attribute-key.ts';
import type { AttributeReading } from './attribute-reading.ts';

/**
 * Kind of a span from the key in which its recorder names it, most trustworthy first, else from its other attributes.
 * `chain` is a workflow on a root span and a step below one.
 */
export function spanKind(raw: RawSpan, reading: AttributeReading): SpanKind {
  for (const key of KIND_KEYS) {
    const value = raw.attributes[key];
    if (value === undefined || value === null) continue;
    const kind = KINDS.get(wordOf(key, value as string));
    if (kind !== undefined) return kind === 'chain' ? chainKind(raw) : kind;
  }
  return shapeKind(raw, reading);
}

/** True for spans whose token counts repeat those of the model calls below them. */
export function isAggregateKind(kind: SpanKind): boolean {
  return kind === 'agent' || kind === 'workflow' || kind === 'step';
}

const chainKind = (raw: RawSpan): SpanKind => (raw.parentId === null ? 'workflow' : 'step');

/** MLflow encodes every value as JSON; AI SDK's operation name ends with a space and the function id. */
function wordOf(key: string, value: unknown): string {
  const text = stringOf(value as string) ?? '';
  if (key === 'mlflow.spanType' && text.startsWith('"')) {
    return (stringOf(parseJson(text) ?? null) ?? '').toLowerCase();
  }
  return (key === 'operation.name' ? (text.split(' ', 1)[0] ?? '') : text).toLowerCase();
}

const KINDS: ReadonlyMap<string, SpanKind | 'chain'> = new Map(
  Object.entries({
    workflow: 'workflow',
    invoke_workflow: 'workflow',
    flow: 'workflow',
    agent: 'agent',
    invoke_agent: 'agent',
    create_agent: 'agent',
    a2a_client: 'agent',
    a2a_server: 'agent',
    'ai.generatetext': 'agent',
    'ai.streamtext': 'agent',
    'ai.generateobject': 'agent',
    'ai.streamobject': 'agent',
    llm: 'model',
    chat_model: 'model',
    generation: 'model',
    chat: 'model',
    completion: 'model',
    generate: 'model',
    generate_content: 'model',
    text_completion: 'model',
    image_generation: 'model',
    model: 'model',
    'ai.generatetext.dogenerate': 'model',
    'ai.streamtext.dostream': 'model',
    'ai.generateobject.dogenerate': 'model',
    'ai.streamobject.dostream': 'model',
    embedding: 'embedding',
    embeddings: 'embedding',
    embedder: 'embedding',
    'ai.embed.doembed': 'embedding',
    'ai.embedmany.doembed': 'embedding',
    retriever: 'retrieval',
    retrieval: 'retrieval',
    vector_db: 'retrieval',
    vector_db_retrieve: 'retrieval',
    rerank: 'rerank',
    reranker: 'rerank',
    'ai.rerank.dorerank': 'rerank',
    tool: 'tool',
    execute_tool: 'tool',
    'ai.toolcall': 'tool',
    guardrail: 'guardrail',
    apply_guardrail: 'guardrail',
    run_guardrail: 'guardrail',
    evaluator: 'evaluator',
    prompt: 'prompt',
    memory: 'memory',
    create_memory: 'memory',
    search_memory: 'memory',
    update_memory: 'memory',
    upsert_memory: 'memory',
    delete_memory: 'memory',
    create_memory_store: 'memory',
    delete_memory_store: 'memory',
    chain: 'chain',
    task: 'chain',
    agent_step: 'chain',
    execute_task: 'chain',
    parser: 'step',
    plan: 'step',
    fetch_response: 'step',
    conversation: 'step',
    'ai.embed': 'step',
    'ai.embedmany': 'step',
    'ai.rerank': 'step',
    event: 'other',
  } satisfies Record<string, SpanKind | 'chain'>),
);

function shapeKind(raw: RawSpan, reading: AttributeReading): SpanKind {
  const { attributes } = raw;
  const { source, lists } = reading;
  if (attributes['mcp.method.name'] === 'tools/call') return 'tool';
  const byName = nameKind(raw.name);
  if (byName !== null) return byName;
  if (TOOL_SIGNS.some((key) => key in attributes)) return 'tool';
  if (lists.has('reranker.output_documents') || 'reranker.query' in attributes) return 'rerank';
  if (isRetrieval(attributes, reading)) return 'retrieval';
  if (isEmbedding(attributes, reading)) return 'embedding';
  if ('gen_ai.guardrail.name' in attributes) return 'guardrail';
  if (attributes['logfire.span_type'] === 'annotation') return 'evaluator';
  if ('gen_ai.evaluation.name' in attributes && !source.has('inputTokens')) return 'evaluator';
  if ('gen_ai.agent.name' in attributes || 'agent_name' in attributes) return 'agent';
  if (isModel(attributes, raw, reading)) return 'model';
  return source.has('toolArguments') || source.has('toolResult') ? chainKind(raw) : 'other';
}

const TOOL_SIGNS = ['gen_ai.tool.name', 'gen_ai.tool.call.id', 'ai.toolCall.name', 'tool.name'];
const MODEL_SIGNS = ['gen_ai.input.messages', 'gen_ai.output.messages', 'ai.prompt.messages'];

function nameKind(name: string): SpanKind | null {
  if (name.startsWith('execute_tool ') || name.startsWith('running tool')) return 'tool';
  if (name.startsWith('invoke_agent ') || name === 'agent run' || name.endsWith(' run')) {
    return 'agent';
  }
  // Microsoft.Extensions.AI sums the usage of the calls below on a span of this name.
  if (name === 'orchestrate_tools' || name === 'execute_event_loop_cycle') return 'step';
  return name.startsWith('agent_run ') ? 'agent' : null;
}

function isRetrieval(attributes: JsonObject, { lists }: AttributeReading): boolean {
  return (
    lists.has('retrieval.documents') ||
    'retrieval.documents' in attributes ||
    'gen_ai.retrieval.documents' in attributes ||
    'gen_ai.retrieval.query.text' in attributes ||
    'db.vector.query.top_k' in attributes
  );
}

function isEmbedding(attributes: JsonObject, { lists }: AttributeReading): boolean {
  return (
    lists.has('embedding.embeddings') ||
    'embedding.model_name' in attributes ||
    'gen_ai.embeddings.dimension.count' in attributes
  );
}

/** A wrapper repeats the events of the call it holds, without its attributes. */
function isGenAi(attributes: JsonObject): boolean {
  for (const key in attributes) if (key.startsWith('gen_ai.')) return true;
  return false;
}

function isModel(
  attributes: JsonObject,
  raw: RawSpan,
  { source, lists }: AttributeReading,
): boolean {
  return (
    source.has('responseModel') ||
    source.has('requestModel') ||
    source.has('inputTokens') ||
    source.has('outputTokens') ||
    lists.has('llm.input_messages') ||
    lists.has('llm.output_messages') ||
    lists.has('gen_ai.prompt') ||
    lists.has('gen_ai.completion') ||
    MODEL_SIGNS.some((key) => key in attributes) ||
    (raw.events.some((event) => event.name === 'gen_ai.choice') && isGenAi(attributes))
  );
}
