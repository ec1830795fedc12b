import type { Json } from '../../../contract/json.ts';
import { isRecord } from '../../../text/json.ts';

/** Whether a value has a type of JSON Schema, or one of a list of types; a type nobody knows fits everything. */
export function isOfType(value: Json, type: Json): boolean {
  if (Array.isArray(type)) return (type as readonly Json[]).some((each) => isOfType(value, each));
  switch (type) {
    case 'string':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isRecord(value);
    default:
      return true;
  }
}

/** The type or types, as people read them. */
export const typeName = (type: Json): string =>
  Array.isArray(type) ? type.join(' or ') : String(type);
