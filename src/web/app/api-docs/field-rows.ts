import { resolved, type Schema, type Schemas } from './openapi.ts';

/** A value of a body, as a row of a table. */
export interface FieldRow {
  /** Steps down from the body: `items` → `items[]` → `name`. */
  readonly path: string;
  readonly name: string;
  readonly depth: number;
  readonly type: string;
  readonly isRequired: boolean;
  readonly text: string;
}

/** Deeper values, and rows beyond these, are left out. */
const DEEPEST = 6;
const MOST = 250;

/**
 * The fields of a body, each followed by its own. A schema that holds itself is not opened again, and one that stands alone or in a list at the same
 * place only once.
 */
export function fieldRows(schema: Schema, schemas: Schemas): readonly FieldRow[] {
  const rows: FieldRow[] = [];
  const opened = new Set<string>();
  const add = (given: Schema, path: string, depth: number, open: readonly string[]): void => {
    if (depth > DEEPEST) return;
    for (const form of formsOf(given, schemas)) {
      const inner = form.name === null ? open : [...open, form.name];
      const place = `${path.replaceAll('[]', '')} ${form.name}`;
      if (form.name !== null && (open.includes(form.name) || opened.has(place))) continue;
      opened.add(place);
      const { properties = {}, required = [], items, additionalProperties } = form.schema;
      for (const [name, field] of Object.entries(properties)) {
        if (rows.length >= MOST) return;
        const at = path === '' ? name : `${path}.${name}`;
        if (rows.some((row) => row.path === at)) continue;
        rows.push({
          ...{ path: at, name, depth },
          type: typeText(field, schemas),
          isRequired: required.includes(name),
          text: field.description ?? resolved(field, schemas).schema.description ?? '',
        });
        add(field, at, depth + 1, inner);
      }
      if (items !== undefined) add(items, `${path}[]`, depth, inner);
      if (typeof additionalProperties === 'object')
        add(additionalProperties, `${path}.*`, depth, inner);
    }
  };
  add(schema, '', 0, []);
  return rows;
}

/** A schema, or each of those that it may be. */
function formsOf(
  given: Schema,
  schemas: Schemas,
): readonly { readonly schema: Schema; readonly name: string | null }[] {
  const { schema, name } = resolved(given, schemas);
  const several = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (several === undefined) return [{ schema, name }];
  return several.flatMap((each) =>
    formsOf(each, schemas).map((form) => ({ ...form, name: form.name ?? name })),
  );
}

/** What a value is, in words: `a list of Session`, `"ok" or "error"`, `a whole number, 1 to 1000`. */
export function typeText(given: Schema, schemas: Schemas, nesting = 0): string {
  const { schema, name } = resolved(given, schemas);
  const several = schema.anyOf ?? schema.oneOf;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined)
    return (
      listed(schema.enum.filter((value) => value !== null).map((value) => JSON.stringify(value))) +
      (schema.enum.includes(null) || isNullable(schema) ? ' or null' : '')
    );
  if (several !== undefined && nesting < 3)
    return listed([...new Set(several.map((each) => typeText(each, schemas, nesting + 1)))]);
  const types = [schema.type ?? (schema.properties === undefined ? [] : 'object')].flat();
  const known = types.filter((type) => type !== 'null');
  const text = listed(
    known.map((type) => `${wordOf(type, name, schema, schemas, nesting)}${boundsOf(type, schema)}`),
  );
  if (text === '') return types.includes('null') ? 'null' : 'anything';
  return types.includes('null') ? `${text} or null` : text;
}

const isNullable = ({ type }: Schema): boolean => [type ?? []].flat().includes('null');

const listed = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

function wordOf(
  type: string,
  name: string | null,
  schema: Schema,
  schemas: Schemas,
  nesting: number,
): string {
  switch (type) {
    case 'array':
      if (schema.prefixItems !== undefined)
        return `[${schema.prefixItems.map((each) => typeText(each, schemas, nesting + 1)).join(', ')}]`;
      return schema.items === undefined || nesting >= 3
        ? 'a list'
        : `a list of ${typeText(schema.items, schemas, nesting + 1).replace(/^an? /, '')}`;
    case 'object':
      if (name !== null) return name;
      return typeof schema.additionalProperties === 'object'
        ? `an object whose values are ${typeText(schema.additionalProperties, schemas, nesting + 1)}`
        : 'an object';
    case 'integer':
      return 'a whole number';
    case 'number':
      return 'a number';
    case 'boolean':
      return 'true or false';
    default:
      return schema.format === undefined ? 'text' : (FORMATS[schema.format] ?? schema.format);
  }
}

const FORMATS: Readonly<Record<string, string>> = {
  'date-time': 'a time (ISO 8601)',
  date: 'a day (ISO 8601)',
  binary: 'bytes',
  email: 'an email address',
  uri: 'an address',
};

function boundsOf(type: string, schema: Schema): string {
  if (type === 'integer' || type === 'number')
    return between(
      schema.minimum ?? schema.exclusiveMinimum,
      schema.maximum ?? schema.exclusiveMaximum,
      '',
    );
  if (type === 'string') return between(schema.minLength, schema.maxLength, ' characters');
  return type === 'array' ? between(schema.minItems, schema.maxItems, ' items') : '';
}

/** JavaScript's largest whole numbers are no bounds that anybody chose. */
function between(least: number | undefined, most: number | undefined, unit: string): string {
  const low = least === undefined || least <= Number.MIN_SAFE_INTEGER ? null : least;
  const high = most === undefined || most >= Number.MAX_SAFE_INTEGER ? null : most;
  if (low !== null && high !== null) return `, ${low} to ${high}${unit}`;
  if (low !== null) return `, at least ${low}${unit}`;
  return high === null ? '' : `, at most ${high}${unit}`;
}
