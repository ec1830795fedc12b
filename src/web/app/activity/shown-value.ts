import type { JsonObject } from '../../../contract/json.ts';
import { plural } from '../../../text/format.ts';
import { isRecord } from '../../../text/json.ts';

/** A value of a decision in words; `–` for none. Causes are called by their titles. */
export function shownValue(value: unknown, titles: (cause: string) => string): string {
  if (value === null || value === undefined) return '–';
  if (isRecord(value) && 'cause' in value)
    return value['cause'] === null ? 'no cause' : titles(String(value['cause']));
  if (isRecord(value) && 'triage' in value)
    return [String(value['category'] ?? value['triage']).replaceAll('_', ' '), value['note']]
      .filter((part) => part !== '')
      .join(', ');
  // What an answer says stays out of the log: others may still have to answer.
  if (isRecord(value) && 'item' in value) return 'an answer';
  if (isRecord(value) && 'annotators' in value) return queueText(value);
  if (isRecord(value) && 'fingerprint' in value) return 'as proposed';
  if (isRecord(value) && 'reason' in value) return String(value['reason']);
  if (isRecord(value))
    return Object.entries(value)
      .map(([key, each]) => `${key} ${String(each)}`)
      .join(', ');
  const text = String(value);
  return /^c-/.test(text) ? titles(text) : text;
}

function queueText({ name, annotators, blind, rules, isClosed }: JsonObject): string {
  return [
    String(name),
    `${String(annotators)} per item`,
    ...(blind === true ? ['blind'] : []),
    ...(isClosed === true ? ['closed'] : []),
    ...(Array.isArray(rules) ? [plural(rules.length, 'rule')] : []),
  ].join(', ');
}
