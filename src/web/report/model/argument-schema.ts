import type { JsonObject } from '../../../contract/json.ts';
import { isRecord } from '../../../text/json.ts';

const MOST_VALUES = 6;

/** What a JSON Schema says of an argument, in a line: `string, required, “The id.”`, `one of a, b`, `not in the schema`. */
export function argumentSchema(schema: JsonObject, name: string): string {
  const { properties, required } = schema;
  const own = isRecord(properties) ? properties[name] : undefined;
  if (!isRecord(own)) return isRecord(properties) ? 'not in the schema' : '';
  const values = Array.isArray(own['enum']) ? own['enum'] : null;
  const type = Array.isArray(own['type']) ? own['type'].join(' or ') : own['type'];
  const { description } = own;
  return [
    values === null
      ? typeof type === 'string'
        ? type
        : ''
      : `one of ${values.slice(0, MOST_VALUES).map(String).join(', ')}${values.length > MOST_VALUES ? ', …' : ''}`,
    Array.isArray(required) && required.includes(name) ? 'required' : '',
    typeof description === 'string' && description !== '' ? `“${description.slice(0, 160)}”` : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}
