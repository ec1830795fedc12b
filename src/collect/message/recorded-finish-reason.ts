import type { Json, JsonObject } from '../../contract/json.ts';
import { isRecord } from '../../text/json.ts';

/**
 * Finish reason beside a message, as received: OpenAI and OTel, Gemini, Anthropic; LangChain nests it one level
 * deeper. Null when there is none.
 */
export function recordedFinishReason(value: JsonObject): Json {
  const own = value['finish_reason'] ?? value['finishReason'] ?? value['stop_reason'];
  if (own !== undefined && own !== null) return own;
  const kwargs = value['kwargs'];
  const held =
    value['response_metadata'] ??
    value['generation_info'] ??
    value['generationInfo'] ??
    (isRecord(kwargs) ? kwargs['response_metadata'] : undefined);
  return isRecord(held) ? recordedFinishReason(held) : null;
}
