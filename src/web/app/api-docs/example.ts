import { resolved, type Schema, type Schemas } from './openapi.ts';

/** Optional fields are shown down to here; below, only those that must be there. */
const SHOWN = 1;
const DEEPEST = 20;

/** A value that fits a schema: its own example, its default, or one made of its parts. */
export function exampleOf(schema: Schema, schemas: Schemas): unknown {
  return made(schema, schemas, 'text', 0);
}

function made(given: Schema, schemas: Schemas, name: string, depth: number): unknown {
  const { schema } = resolved(given, schemas);
  if (schema.example !== undefined) return schema.example;
  if (schema.default !== undefined && !isEmpty(schema.default)) return schema.default;
  if (schema.const !== undefined) return schema.const;
  const [choice] = schema.enum ?? [];
  if (choice !== undefined) return choice;
  if (depth > DEEPEST) return null;
  const [form] = (schema.anyOf ?? schema.oneOf ?? []).filter((each) => each.type !== 'null');
  if (form !== undefined) return made(form, schemas, name, depth);
  if (schema.allOf !== undefined)
    return Object.assign({}, ...schema.allOf.map((each) => made(each, schemas, name, depth)));
  const [type = schema.properties === undefined ? null : 'object'] = [schema.type ?? []].flat();
  switch (type) {
    case 'object':
      return objectOf(schema, schemas, depth);
    case 'array':
      if (schema.prefixItems !== undefined)
        return schema.prefixItems.map((each) => made(each, schemas, name, depth + 1));
      return schema.items === undefined ? [] : [made(schema.items, schemas, name, depth + 1)];
    case 'integer':
    case 'number':
      return numberIn(schema);
    case 'boolean':
      return true;
    case 'string':
      return textIn(schema, name);
    default:
      return null;
  }
}

/** Nothing to show: '', [] or {}. */
const isEmpty = (value: unknown): boolean =>
  value === '' || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);

function objectOf(schema: Schema, schemas: Schemas, depth: number): unknown {
  const { properties = {}, required = [], additionalProperties } = schema;
  const fields = Object.entries(properties).filter(
    ([field]) => depth < SHOWN || required.includes(field),
  );
  const found = fields.map(([field, each]) => [field, made(each, schemas, field, depth + 1)]);
  if (found.length > 0 || typeof additionalProperties !== 'object')
    return Object.fromEntries(found);
  return { name: made(additionalProperties, schemas, 'name', depth + 1) };
}

function numberIn({ minimum, exclusiveMinimum, maximum, exclusiveMaximum }: Schema): number {
  const least = minimum ?? (exclusiveMinimum === undefined ? undefined : exclusiveMinimum + 1);
  const most = maximum ?? exclusiveMaximum ?? Number.POSITIVE_INFINITY;
  const usual = least === undefined || least <= Number.MIN_SAFE_INTEGER ? 1 : Math.max(least, 1);
  return usual < most ? usual : (least ?? most);
}

function textIn({ format, minLength = 0, maxLength = 200 }: Schema, name: string): string {
  const text = (format === undefined ? undefined : BY_FORMAT[format]) ?? BY_NAME[name] ?? name;
  return text.padEnd(minLength, 'x').slice(0, maxLength);
}

const BY_FORMAT: Readonly<Record<string, string>> = {
  'date-time': '2026-11-30T12:00:00Z',
  date: '2026-11-30',
  email: 'ada@example.com',
  uri: 'https://example.com',
};

const BY_NAME: Readonly<Record<string, string>> = {
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  spanId: '00f067aa0ba902b7',
  password: 'a password of many words',
};
