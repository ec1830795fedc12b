import type { Json } from '../../contract/json.ts';
import { isRecord } from '../../text/json.ts';

/** What people said in an input or output object; null when no field is known for holding it. */
export function wordsOf(value: Json, depth: number = 0): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  if (!isRecord(value) || depth > 2) return null;
  const args = value['args'];
  if (Array.isArray(args) && isRecord(value['kwargs'])) {
    return wordsOf(value['kwargs'], depth + 1) ?? wordsOf((args as Json[])[0] ?? null, depth + 1);
  }
  for (const key of WORD_KEYS) {
    const held = value[key];
    if (held === undefined || held === null) continue;
    const words = wordsOf(held, depth + 1);
    if (words !== null) return words;
  }
  const only = Object.values(value);
  return only.length === 1 && typeof only[0] === 'string' && only[0] !== '' ? only[0] : null;
}

const WORD_KEYS = [
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
