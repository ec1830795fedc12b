import { isRecord } from '../../../text/json.ts';

/** A value of a decision in words; `–` for none. Causes are called by their titles. */
export function shownValue(value: unknown, titles: (cause: string) => string): string {
  if (value === null || value === undefined) return '–';
  if (isRecord(value) && 'cause' in value)
    return value['cause'] === null ? 'no cause' : titles(String(value['cause']));
  if (isRecord(value))
    return Object.entries(value)
      .map(([key, each]) => `${key} ${String(each)}`)
      .join(', ');
  const text = String(value);
  return /^c-/.test(text) ? titles(text) : text;
}
