import type { Json } from '../../../contract/json.ts';
import type { ReportTrace } from '../../../contract/report.ts';
import { isList, isRecord, parseJson } from '../../../text/json.ts';

const SHORTEST = 3;
const MOST_NODES = 2_000;

/** Where a value of a call occurs earlier in the conversation, in words: a field of a result, or a message. */
export function provenance(trace: ReportTrace, before: number, value: Json): string {
  const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
  if (text.trim().length < SHORTEST) return '';
  for (const { index, role, name, content } of trace.messages) {
    if (index >= before || !content.includes(text)) continue;
    if (role === 'user') return 'the user’s message';
    if (role === 'system') return 'the system prompt';
    if (role !== 'tool') return 'an earlier answer';
    const field = fieldWith(parseJson(content), text);
    const result = name === null ? 'a result' : `the result of ${name}`;
    return field === null ? result : `${field} in ${result}`;
  }
  return 'in no earlier message';
}

/** The name of the first field that holds the text, in a bounded walk; null for none. */
function fieldWith(root: Json | undefined, text: string): string | null {
  const waiting: { readonly value: Json; readonly field: string | null }[] =
    root === undefined ? [] : [{ value: root, field: null }];
  for (let at = 0; at < waiting.length && at < MOST_NODES; at += 1) {
    const { value, field } = waiting[at] ?? { value: null, field: null };
    if (isList(value)) for (const item of value) waiting.push({ value: item, field });
    else if (isRecord(value))
      for (const [key, item] of Object.entries(value))
        waiting.push({ value: item ?? null, field: key });
    else if (field !== null && String(value) === text) return field;
  }
  return null;
}
