import type { Json } from '../../contract/json.ts';
import type { Document, SpanKind } from '../../contract/trace.ts';
import { documentsOf, looksRetrieved } from '../message/document.ts';
import type { RawEvent, RawSpan } from '../record.ts';
import { type AttributeReading, field } from './attribute-reading.ts';

/** Passages a span retrieved or ranked, with the span's id. */
export function spanDocuments(
  raw: RawSpan,
  reading: AttributeReading,
  kind: SpanKind,
): readonly Document[] {
  const found = foundDocuments(raw, reading, kind);
  return found.length === 0 ? NONE : found.map((document) => ({ ...document, spanId: raw.spanId }));
}

const NONE: readonly Document[] = [];
const SEARCH = /search|retriev|lookup|knowledge|\brag\b|document|passage|query/i;

function foundDocuments(raw: RawSpan, reading: AttributeReading, kind: SpanKind): Document[] {
  const { attributes, lists } = reading;
  const listed =
    lists.get('reranker.output_documents') ??
    lists.get('retrieval.documents') ??
    attributes['reranker.output_documents'] ??
    attributes['retrieval.documents'] ??
    attributes['gen_ai.retrieval.documents'];
  if (listed !== undefined) return documentsOf(listed as Json);
  const queried = raw.events.flatMap(queryResult);
  if (queried.length > 0) return queried;
  if (kind === 'retrieval' || kind === 'rerank') return documentsOf(field(reading, 'toolResult'));
  if (kind !== 'tool' || !SEARCH.test(raw.name)) return [];
  const result = field(reading, 'toolResult');
  return looksRetrieved(result) ? documentsOf(result) : [];
}

/** OpenLLMetry's vector database spans carry one event per hit. */
function queryResult(event: RawEvent): Document[] {
  if (event.name !== 'db.query.result' && event.name !== 'db.search.result') return [];
  const at = (key: string): Json => event.attributes[`${event.name}.${key}`] ?? null;
  return documentsOf([
    {
      id: at('id'),
      score: at('score') ?? at('distance'),
      content: at('document') ?? at('entity') ?? '',
      metadata: at('metadata'),
    },
  ]);
}
