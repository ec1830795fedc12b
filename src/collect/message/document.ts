import type { Json, JsonObject } from '../../contract/json.ts';
import type { Document } from '../../contract/trace.ts';
import { isList, isRecord } from '../../text/json.ts';
import { numberOf, pick, recordOf, stringOf, structured, textOf } from '../json/json-value.ts';

/**
 * Passages in a list, one passage, or an object with a list (`documents`, `outputs`, `results`, …),
 * as JSON or JSON text: OTel, OpenInference, LangChain, LlamaIndex, LangSmith, MLflow. `spanId` is null.
 */
export function documentsOf(value: Json | undefined): Document[] {
  const out: Document[] = [];
  if (value !== undefined) readDocuments(structured(value), out, 0);
  return out;
}

/** True when a result is a list of objects that look like passages. */
export function looksRetrieved(value: Json | undefined): boolean {
  const parsed = value === undefined ? null : structured(value);
  const list = isRecord(parsed) ? heldList(parsed) : parsed;
  if (!isList(list) || list.length === 0) return false;
  return list.every((item) => isRecord(item) && contentOf(unwrapped(item)) !== undefined);
}

const MAX_DEPTH = 3;
const HOLDERS = ['documents', 'outputs', 'results', 'nodes', 'matches', 'data', 'output', 'result'];
const CONTENT_KEYS = ['content', 'page_content', 'pageContent', 'text', 'snippet', 'document'];
const ID_KEYS = ['id', 'doc_id', 'document_id', 'chunk_id', 'source', 'doc_uri', 'uri', 'url'];
const SCORE_KEYS = ['score', 'relevance_score', 'similarity', 'distance'];

function readDocuments(value: Json, out: Document[], depth: number): void {
  if (depth > MAX_DEPTH) return;
  if (typeof value === 'string' && value !== '') out.push(document({}, value, {}));
  if (isList(value)) {
    for (const item of value) readDocuments(item, out, depth + 1);
    return;
  }
  if (!isRecord(value)) return;
  const item = unwrapped(value);
  const content = contentOf(item);
  const metadata = recordOf(item['metadata']);
  if (content !== undefined || (item['id'] !== undefined && heldList(value) === null)) {
    out.push(document(item, textOf(content), metadata));
    return;
  }
  const held = heldList(value);
  if (held !== null) readDocuments(held, out, depth + 1);
}

function document(item: JsonObject, content: string, metadata: JsonObject): Document {
  return {
    id: stringOf(pick(item, ...ID_KEYS) ?? pick(metadata, ...ID_KEYS)),
    content,
    title: stringOf(pick(item, 'title', 'name') ?? pick(metadata, 'title')),
    score: numberOf(pick(item, ...SCORE_KEYS) ?? pick(metadata, ...SCORE_KEYS)),
    spanId: null,
  };
}

function unwrapped(item: JsonObject): JsonObject {
  const inner = item['document'] ?? item['node'] ?? item['kwargs'];
  return isRecord(inner) ? { score: item['score'] ?? null, ...inner } : item;
}

function contentOf(item: JsonObject): Json | undefined {
  const content = pick(item, ...CONTENT_KEYS);
  return typeof content === 'string' ? content : undefined;
}

function heldList(value: JsonObject): readonly Json[] | null {
  for (const key of HOLDERS) {
    const held = value[key];
    const parsed = typeof held === 'string' ? structured(held) : held;
    if (isList(parsed)) return parsed;
  }
  return null;
}
