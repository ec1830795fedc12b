/** The description of the API, as far as the page shows it. */
export interface ApiDescription {
  readonly info: { readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** JSON Schema, as far as the API uses it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly example?: unknown;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

export type Schemas = ApiDescription['components']['schemas'];

type Content = Readonly<Record<string, { readonly schema?: Schema }>>;

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly description?: string;
  readonly schema?: Schema;
}

interface DescribedOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly 'x-scope': string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly content?: Content }>
  >;
}

/** What goes to the server or comes from it. */
export interface Body {
  readonly type: string;
  readonly schema: Schema;
}

export interface Answer {
  /** `200`, or `default` for faults. */
  readonly status: string;
  readonly description: string;
  readonly body: Body | null;
}

/** One route. */
export interface Operation {
  readonly id: string;
  /** In capitals. */
  readonly method: string;
  /** Below the address of the API, with `{name}` for what varies. */
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  /** What a key needs; null: nobody has to sign in. */
  readonly scope: string | null;
  readonly parameters: readonly Parameter[];
  readonly body: Body | null;
  readonly answers: readonly Answer[];
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** All routes, by tag as the description orders them, then by path. */
export function operationsOf(description: ApiDescription): readonly Operation[] {
  const order = new Map(description.tags.map(({ name }, at) => [name, at]));
  const found = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, each]) => operationOf(path, method, each)),
  );
  const rank = ({ tag }: Operation): number => order.get(tag) ?? order.size;
  const place = ({ method }: Operation): number => METHODS.indexOf(method.toLowerCase());
  const family = ({ path }: Operation): string => path.split('/')[1] ?? '';
  const families = new Map(
    found.map((each, at) => [family(each), at]).toReversed() as [string, number][],
  );
  return found.toSorted(
    (a, b) =>
      rank(a) - rank(b) ||
      (families.get(family(a)) ?? 0) - (families.get(family(b)) ?? 0) ||
      a.path.localeCompare(b.path, 'en') ||
      place(a) - place(b),
  );
}

function operationOf(path: string, method: string, each: DescribedOperation): Operation {
  const scope = each['x-scope'];
  return {
    id: each.operationId,
    method: method.toUpperCase(),
    path,
    summary: each.summary,
    tag: each.tags[0] ?? '',
    scope: scope === 'anybody' ? null : scope,
    parameters: each.parameters ?? [],
    body: bodyOf(each.requestBody?.content),
    answers: Object.entries(each.responses).map(([status, { description, content }]) => ({
      ...{ status, description, body: bodyOf(content) },
    })),
  };
}

function bodyOf(content: Content | undefined): Body | null {
  const [entry] = Object.entries(content ?? {});
  if (entry === undefined) return null;
  const [type, { schema = {} }] = entry;
  return { type, schema };
}

/** The schema that is meant, and its name where it has one. */
export function resolved(
  schema: Schema,
  schemas: Schemas,
): { readonly schema: Schema; readonly name: string | null } {
  const name = schema.$ref?.split('/').at(-1);
  const found = name === undefined ? undefined : schemas[name];
  if (name === undefined || found === undefined) return { schema, name: null };
  const { $ref: _, ...beside } = schema;
  return { schema: { ...found, ...beside }, name };
}
