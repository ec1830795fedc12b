import type { Json } from '../../contract/json.ts';
import { isRecord } from '../../text/json.ts';

/** The natural-language text in an input or output object, from the field known to hold it; null when there is none. */
export function primaryText(value: Json, depth: number = 0): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  if (!isRecord(value) || depth > 2) return null;
  const args = value['args'];
  if (Array.isArray(args) && isRecord(value['kwargs'])) {
    return (
      primaryText(value['kwargs'], depth + 1) ?? primaryText((args as Json[])[0] ?? null, depth + 1)
    );
  }
  for (const key of TEXT_KEYS) {
    const held = value[key];
    if (held === undefined || held === null) continue;
    const text = primaryText(held, depth + 1);
    if (text !== null) return text;
  }
  const only = Object.values(value);
  return only.length === 1 && typeof only[0] === 'string' && only[0] !== '' ? only[0] : null;
}

const TEXT_KEYS = [
  'question',
  'query',
  'user_input',
  'input',
  'prompt',
  'task',
  'text',
  'content',
  'answer',
  'response',
  'output',
  'outputs',
  'result',
  'completion',
  'final_answer',
  'final_output',
  'message',
  'q',
] as const;
