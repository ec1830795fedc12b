import type { JsonObject } from '../../contract/json.ts';

/** The description of an argument in its schema, '' when there is none. */
export const descriptionOf = (property: JsonObject): string =>
  typeof property['description'] === 'string' ? property['description'] : '';

/** Whether leaving an argument out means the same as this value, by the default in its schema or in its description. */
export function isDefault(property: JsonObject, value: string): boolean {
  const own = property['default'];
  if (own !== undefined && own !== null) return isSame(String(own), value);
  const stated = statedDefault(descriptionOf(property));
  return stated !== null && isSame(stated, value);
}

/** The default that a description states; null when it states none. */
export function statedDefault(description: string): string | null {
  const match = AFTER.exec(description)?.[1] ?? BEFORE.exec(description)?.[1];
  return match === undefined ? null : match.trim().toLowerCase();
}

const AFTER =
  /\bdefault(?:s|ed)?\b(?:\s(?:value|unit|level|mode|option|setting|is|are|to|as|set|will|be|of|year|the)\b|\s?[:=]){0,6}\s{1,2}["'`]?((?:[^"'`.,;()\n]|\.(?=\d)){1,40})/i;
const BEFORE = /["'`]([^"'`\n]{1,40})["'`]\s(?:as|is|being|by)\s(?:the\s)?default/i;

const isSame = (stated: string, value: string): boolean => {
  const [left, right] = [stated, value].map((text) => text.trim().toLowerCase());
  return left === right || (left ?? '').startsWith(`${right} `) || Number(left) === Number(right);
};

const LONGEST_TEXT = 20_000;

/** The beginning of a property's schema as text. */
export const schemaText = (property: JsonObject): string =>
  JSON.stringify(property).slice(0, LONGEST_TEXT);
