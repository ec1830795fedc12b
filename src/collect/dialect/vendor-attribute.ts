import type { Json, JsonObject } from '../../contract/json.ts';
import { isList, isRecord } from '../../text/json.ts';
import { isEmpty, numberOf, recordOf, stringOf, structured, textOf } from '../json/json-value.ts';

/**
 * Attributes of recorders that pack several fields into one JSON text, spelled as the table knows them: Braintrust,
 * LangWatch, Haystack, Laminar, Bedrock's own keys, rankings of the AI SDK. The span's other attributes take precedence; spans of other
 * recorders come back as they are.
 */
export function unpackedAttributes(attributes: JsonObject): JsonObject {
  const found = PACKED.filter(([sign]) => sign in attributes);
  if (found.length === 0) return attributes;
  const unpacked: JsonObject = Object.assign({}, ...found.map(([, unpack]) => unpack(attributes)));
  const out: Record<string, Json | undefined> = { ...attributes };
  for (const key in unpacked) {
    const value = unpacked[key];
    if (value !== undefined && value !== null && isEmpty(out[key])) out[key] = value;
  }
  return out;
}

type Unpack = (attributes: JsonObject) => JsonObject;

const KINDS: Readonly<Record<string, string>> = {
  llm: 'LLM',
  tool: 'TOOL',
  agent: 'AGENT',
  rag: 'RETRIEVER',
  retriever: 'RETRIEVER',
  guardrail: 'GUARDRAIL',
  evaluation: 'EVALUATOR',
  evaluator: 'EVALUATOR',
  score: 'EVALUATOR',
  embedding: 'EMBEDDING',
};

const kindOf = (word: Json | undefined): string =>
  KINDS[(stringOf(word) ?? '').toLowerCase()] ?? 'CHAIN';

const text = (value: Json | undefined): Json =>
  value === undefined || value === null ? null : textOf(value);

const braintrust: Unpack = (attributes) => {
  const at = (key: string): Json => structured(attributes[`braintrust.${key}`] ?? null);
  const kind = kindOf(recordOf(at('span_attributes'))['type']);
  const metadata = recordOf(at('metadata'));
  const metrics = recordOf(at('metrics'));
  const [input, output] = [at('input_json') ?? at('input'), at('output_json') ?? at('output')];
  const first = isList(output) ? output[0] : null;
  const choices = isRecord(first) && 'message' in first ? { choices: output } : output;
  return {
    'openinference.span.kind': kind,
    'input.value': text(input),
    'output.value': text(output),
    'gen_ai.prompt': kind === 'LLM' ? input : null,
    'gen_ai.completion': kind === 'LLM' ? choices : null,
    'gen_ai.request.model': metadata['model'],
    'gen_ai.usage.input_tokens': metrics['prompt_tokens'],
    'gen_ai.usage.output_tokens': metrics['completion_tokens'],
    metadata,
  };
};

/** Values are typed: `{type: 'chat_messages' | 'text' | 'json', value}`. */
const langwatch: Unpack = (attributes) => {
  const at = (key: string): Json => {
    const held = structured(attributes[`langwatch.${key}`] ?? null);
    return isRecord(held) && 'value' in held && 'type' in held ? (held['value'] ?? null) : held;
  };
  const kind = kindOf(at('span.type'));
  const metrics = recordOf(at('metrics'));
  const isModel = kind === 'LLM';
  return {
    'openinference.span.kind': kind,
    'input.value': text(at('input')),
    'output.value': text(at('output')),
    'gen_ai.prompt': isModel ? at('input') : null,
    'gen_ai.completion': isModel ? at('output') : null,
    'gen_ai.usage.input_tokens': metrics['promptTokens'],
    'gen_ai.usage.output_tokens': metrics['completionTokens'],
    'gen_ai.usage.cost': metrics['cost'],
    'retrieval.documents': at('rag.contexts') ?? at('contexts'),
    'user.id': at('user.id'),
    'session.id': at('thread.id'),
    'tenant.id': at('customer.id'),
    'tag.tags': at('labels') ?? at('tags'),
  };
};

const bedrock: Unpack = (attributes) => {
  const at = (key: string): Json => structured(attributes[`aws.bedrock.${key}`] ?? null);
  return {
    'gen_ai.request.model': at('model_id'),
    'gen_ai.provider.name': 'aws.bedrock',
    'gen_ai.system_instructions': at('request.system'),
    'gen_ai.prompt': at('request.messages'),
    'gen_ai.completion': at('response.output'),
    'gen_ai.response.finish_reasons': at('response.stop_reason'),
  };
};

const COMPONENTS: readonly (readonly [RegExp, string])[] = [
  [/Generator$/, 'LLM'],
  [/Retriever$|WebSearch$/, 'RETRIEVER'],
  [/Ranker$/, 'RERANKER'],
  [/Embedder$/, 'EMBEDDING'],
  [/ToolInvoker$/, 'CHAIN'],
  [/^Agent$/, 'AGENT'],
];

const haystack: Unpack = (attributes) => {
  const type = textOf(attributes['haystack.component.type']);
  const kind = COMPONENTS.find(([name]) => name.test(type))?.[1] ?? 'CHAIN';
  const at = (key: string): Json =>
    structured(
      attributes[`haystack.component.${key}`] ??
        attributes[`haystack.pipeline.${key}_data`] ??
        null,
    );
  const [input, output] = [at('input'), at('output')];
  const replies = recordOf(output)['replies'];
  const reply = recordOf(
    recordOf(output)['meta'] ?? recordOf(isList(replies) ? replies[0] : null)['meta'],
  );
  const usage = recordOf(reply['usage']);
  return {
    'openinference.span.kind': kind,
    'input.value': text(input),
    'output.value': text(output),
    'gen_ai.prompt': kind === 'LLM' ? input : null,
    'gen_ai.completion': kind === 'LLM' ? (replies ?? output) : null,
    'retrieval.documents': kind === 'RETRIEVER' ? recordOf(output)['documents'] : null,
    'gen_ai.response.model': reply['model'],
    'gen_ai.usage.input_tokens': numberOf(usage['prompt_tokens']),
    'gen_ai.usage.output_tokens': numberOf(usage['completion_tokens']),
  };
};

const laminar: Unpack = (attributes) => {
  const at = (key: string): Json | undefined => attributes[`lmnr.${key}`];
  return {
    'openinference.span.kind': kindOf(at('span.type')),
    'input.value': at('span.input'),
    'output.value': at('span.output'),
    'session.id': at('association.properties.session_id'),
    'user.id': at('association.properties.user_id'),
    'tag.tags': at('association.properties.tags'),
  };
};

/** The AI SDK lists the documents once, and ranks them by index; each entry is JSON text. */
const aiSdkRanking: Unpack = (attributes) => {
  const listed = (key: string): readonly Json[] => {
    const held = attributes[key];
    return isList(held) ? held : [];
  };
  const documents = listed('ai.documents');
  const ranked = listed('ai.ranking').map((entry): Json => {
    const { index, relevanceScore, score } = recordOf(structured(entry));
    const document = structured(documents[numberOf(index) ?? -1] ?? null);
    return { content: text(document) ?? '', score: relevanceScore ?? score ?? null };
  });
  return { 'reranker.output_documents': ranked };
};

/** An attribute that a recorder always writes, and how to unpack its others. */
const PACKED: readonly (readonly [string, Unpack])[] = [
  ['ai.ranking', aiSdkRanking],
  ['braintrust.span_attributes', braintrust],
  ['braintrust.input_json', braintrust],
  ['langwatch.span.type', langwatch],
  ['langwatch.input', langwatch],
  ['aws.bedrock.request.messages', bedrock],
  ['aws.bedrock.model_id', bedrock],
  ['haystack.component.type', haystack],
  ['haystack.pipeline.input_data', haystack],
  ['lmnr.span.type', laminar],
  ['lmnr.span.input', laminar],
  ['lmnr.association.properties.session_id', laminar],
];
