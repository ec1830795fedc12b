import type { Json } from '../../contract/json.ts';
import { isRecord } from '../../text/json.ts';

/** True for the list of calls that AI SDK recorders write for a reply that only calls tools. */
export function isCallList(value: readonly Json[]): boolean {
  return (
    value.length > 0 &&
    value.every(
      (item) => isRecord(item) && typeof item['toolName'] === 'string' && 'toolCallId' in item,
    )
  );
}
