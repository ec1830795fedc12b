/** A schema of JSON Schema 2020-12, of which only what our own schemas use is known. */
interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly prefixItems?: readonly JsonSchema[];
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: JsonSchema }>>;
}

interface Operation {
  readonly summary?: string;
  readonly 'x-scope': string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema?: JsonSchema;
  }[];
  readonly requestBody?: Content & { readonly required?: boolean };
  readonly responses: Readonly<Record<string, Content>>;
}

/** What is read of a description in OpenAPI 3.1. */
interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
}

/** Schemas of which `src/contract` has the type, by their names in the description: file of the type. */
const CONTRACT: Readonly<Record<string, string>> = {
  Cluster: 'cluster',
  Diff: 'diff',
  Trace: 'trace',
};

/** Types of every route of the API that answers in JSON, and of the schemas with a name. */
export function clientTypes(description: unknown): string {
  const { paths, components } = description as Description;
  const names = Object.keys(components.schemas).toSorted();
  return indented([
    '// Made by npm run generate from the description of the API.',
    '',
    ...names
      .filter((name) => name in CONTRACT)
      .map((name) => `import type { ${name} } from '../contract/${CONTRACT[name]}.ts';`),
    '',
    '/** What has a name in requests and answers. */',
    'export interface Schemas {',
    ...names.map((name) => {
      const schema = components.schemas[name] ?? {};
      return `${comment(schema.description)}${name}: ${name in CONTRACT ? name : typeOf(schema)};`;
    }),
    '}',
    '',
    '/** What can be asked below `/api/v1`: what goes with it, and what is answered. */',
    'export interface Routes {',
    ...Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations)
        .filter(([, { responses }]) => isJson(responses['200']) && !isRedirect(responses))
        .map(
          ([method, operation]) =>
            `${comment(operation.summary)}'${method.toUpperCase()} ${path}': ${routeType(operation)};`,
        ),
    ),
    '}',
    '',
  ]);
}

/** What every route of the API needs, by its name; those that need nothing are left out. */
export function routeScopes(description: unknown): string {
  const { paths } = description as Description;
  const scopes = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(
      ([method, operation]) => [`${method.toUpperCase()} ${path}`, operation['x-scope']] as const,
    ),
  );
  return indented([
    '// Made by npm run generate from the description of the API.',
    '',
    '/** The scope that a key or a person needs for each route. */',
    'export const ROUTE_SCOPES = {',
    ...scopes
      .filter(([, scope]) => scope !== 'anybody')
      .map(([route, scope]) => `'${route}': '${scope}',`),
    '} as const;',
    '',
  ]);
}

/** By the braces at the ends of lines. */
function indented(blocks: readonly string[]): string {
  let depth = 0;
  return blocks
    .join('\n')
    .split('\n')
    .map((line) => {
      if (/^[})\]]/.test(line)) depth -= 1;
      const indent = line === '' ? '' : '  '.repeat(depth);
      if (/[{([]$/.test(line)) depth += 1;
      return indent + line;
    })
    .join('\n');
}

function routeType({ parameters = [], requestBody, responses }: Operation): string {
  const fields: string[] = [];
  for (const [place, all] of Map.groupBy(parameters, (parameter) => parameter.in)) {
    const needed = all.filter(({ required }) => required).map(({ name }) => name);
    const properties = Object.fromEntries(all.map(({ name, schema = {} }) => [name, schema]));
    const type = objectType({ properties, required: needed }, ' | undefined');
    fields.push(`${place}${needed.length === 0 ? '?' : ''}: ${type};`);
  }
  if (requestBody !== undefined)
    fields.push(`body${requestBody.required ? '' : '?'}: ${contentType(requestBody)};`);
  const good = Object.entries(responses).filter(([status]) => status.startsWith('2'));
  fields.push(
    `answer: ${[...new Set(good.map(([, answer]) => contentType(answer)))].join(' | ')};`,
  );
  return `{\n${fields.join('\n')}\n}`;
}

/** Pages and streams are not for the client. */
const isJson = (answer: Content | undefined): boolean =>
  answer?.content === undefined || 'application/json' in answer.content;

const isRedirect = (responses: Operation['responses']): boolean => '302' in responses;

/** A body in JSON, or bytes; nothing where there is none. */
function contentType({ content }: Content): string {
  if (content === undefined) return 'undefined';
  const json = content['application/json'];
  return json === undefined ? 'Blob | Uint8Array<ArrayBuffer>' : typeOf(json.schema ?? {});
}

function typeOf(schema: JsonSchema): string {
  const { $ref, anyOf, oneOf, allOf, type } = schema;
  if ($ref !== undefined) return `Schemas['${$ref.split('/').at(-1)}']`;
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(literal).join(' | ');
  const some = anyOf ?? oneOf;
  if (some !== undefined) return some.map(typeOf).join(' | ');
  if (allOf !== undefined) return allOf.map((each) => grouped(typeOf(each))).join(' & ');
  if (Array.isArray(type)) return type.map((each) => typeOf({ ...schema, type: each })).join(' | ');
  switch (type) {
    case 'string':
    case 'boolean':
    case 'null':
      return type;
    case 'number':
    case 'integer':
      return 'number';
    case 'array':
      return arrayType(schema);
    case 'object':
      return objectType(schema);
    default:
      return 'unknown';
  }
}

function arrayType({ prefixItems, items }: JsonSchema): string {
  return prefixItems === undefined
    ? `readonly ${grouped(typeOf(items ?? {}))}[]`
    : `readonly [${prefixItems.map(typeOf).join(', ')}]`;
}

/** @param unset What an optional property may be besides. */
function objectType(
  { properties = {}, required = [], additionalProperties }: JsonSchema,
  unset = '',
): string {
  const fields = Object.entries(properties).map(
    ([name, schema]) =>
      `${comment(schema.description)}${keyOf(name)}${required.includes(name) ? `: ${typeOf(schema)}` : `?: ${typeOf(schema)}${unset}`};`,
  );
  if (typeof additionalProperties === 'object')
    return `Record<string, ${typeOf(additionalProperties)}>`;
  return fields.length === 0 ? 'Record<string, unknown>' : `{\n${fields.join('\n')}\n}`;
}

const grouped = (type: string): string =>
  withoutFields(type).includes(' | ') ? `(${type})` : type;

function withoutFields(type: string): string {
  const less = type.replaceAll(/\{[^{}]*\}/g, '');
  return less === type ? type : withoutFields(less);
}

const literal = (value: unknown): string =>
  typeof value === 'string' ? `'${JSON.stringify(value).slice(1, -1)}'` : JSON.stringify(value);

const comment = (text: string | undefined): string =>
  text === undefined ? '' : `/** ${text.replaceAll('*/', '*\\/')} */\n`;

const keyOf = (name: string): string => (/^[a-z_$][\w$]*$/i.test(name) ? name : `'${name}'`);
