import type { JsonObject } from '../../contract/json.ts';
import { FNV_BASIS, hexHash } from '../../text/hash.ts';
import { stringOf } from '../json/json-value.ts';
import type { Shape } from './shape.ts';
import { rawSpan, spanIdOf, spanRecord, traceIdOf } from './span.ts';

const ROOTS: ReadonlySet<string> = new Set([
  'gen_ai',
  'llm',
  'openinference',
  'ai',
  'langfuse',
  'traceloop',
  'mlflow',
  'langsmith',
  'fi',
]);

/** The attributes of one span and nothing else: a trace of one span, with ids derived from the content. */
export const attributeMapShape: Shape = {
  format: 'attribute-map',
  clues: ['.'],
  matches: (value) => {
    for (const key in value) {
      const dot = key.indexOf('.');
      if (dot > 0 && ROOTS.has(key.slice(0, dot))) return true;
    }
    return false;
  },
  read: (value: JsonObject) => {
    const hash = contentHash(JSON.stringify(value));
    return [
      spanRecord(
        rawSpan({
          traceId: traceIdOf(value['trace_id'] ?? value['traceId']) || hash,
          spanId: spanIdOf(value['span_id'] ?? value['spanId']) || hash.slice(0, 16),
          parentId: null,
          name: stringOf(value['name'] ?? value['gen_ai.operation.name']) ?? 'span',
          attributes: value,
        }),
      ),
    ];
  },
};

/** 32 hex digits from a text: four hashes with different seeds. For ids, not for secrets. */
function contentHash(text: string): string {
  return SEEDS.map((seed) => hexHash(text, seed)).join('');
}

const SEEDS = [FNV_BASIS, 0x01000193, 0x9e3779b9, 0x85ebca6b];
