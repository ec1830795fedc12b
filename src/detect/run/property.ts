import type { Json, JsonObject } from '../../contract/json.ts';
import type { CallSite } from './calls.ts';

/** The arguments that the offered tool takes at the top, by name; null when its schema lists none. */
export function propertiesOf(site: CallSite): JsonObject | null {
  const properties = site.tool?.parameters?.['properties'];
  return isObject(properties) ? properties : null;
}

/** What the schema says in words about an argument, '' when nothing. */
export const descriptionOf = (property: JsonObject): string =>
  typeof property['description'] === 'string' ? property['description'] : '';

/** Whether leaving an argument out says the same as this value, by its schema's default or by what its description calls one. */
export function isDefault(property: JsonObject, value: string): boolean {
  const own = property['default'];
  if (own !== undefined && own !== null) return isSame(String(own), value);
  const stated = statedDefault(descriptionOf(property));
  return stated !== null && isSame(stated, value);
}

/** What a description says is taken when nothing is given; null when it does not say. */
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

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
