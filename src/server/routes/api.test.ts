import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import { SCOPES } from '../../store/workspace/workspace.ts';
import { apiDocument } from './api.ts';
import { TAGS, tagOf } from './tags.ts';

/** As it is served. */
const document = JSON.parse(JSON.stringify(apiDocument('1.2.3')));

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly 'x-scope': string;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Readonly<Record<string, { readonly content?: object }>>;
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema?: unknown }>>;
  };
}

const operations = Object.entries<Record<string, Operation>>(document.paths).flatMap(
  ([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

test('the description is valid OpenAPI 3.1, and its references lead somewhere', async () => {
  const validator = new Validator();
  expect(await validator.validate(structuredClone(document))).toEqual({ valid: true });
  expect(validator.version).toBe('3.1');
  for (const [, name] of JSON.stringify(document).matchAll(
    /"\$ref":"#\/components\/schemas\/(\w+)"/g,
  ))
    expect(document.components.schemas, name).toHaveProperty(name!);
});

test('a description that is not valid is found out', async () => {
  const broken = structuredClone(document);
  broken.paths['/traces'].get.parameters[0].in = 'nowhere';
  expect(await new Validator().validate(broken)).toMatchObject({ valid: false });
});

test('each operation has a name of its own', () => {
  const ids = operations.map(({ operation }) => operation.operationId);
  expect(ids.length).toBeGreaterThan(90);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^(?:get|post|put|patch|delete)[A-Z][A-Za-z]*$/);
});

test.each(operations)('$method $path says who may, what goes wrong, and what it takes', (each) => {
  const { path, operation } = each;
  const scope = operation['x-scope'];
  expect([...SCOPES, 'anybody']).toContain(scope);
  expect(operation.security).toEqual(
    scope === 'anybody' ? [] : [{ bearer: [scope] }, { header: [scope] }],
  );
  expect(operation.summary).toMatch(/^[A-Z].{8,}[^.]$/);
  expect(operation.tags).toEqual([tagOf(path)]);
  expect(operation.responses['default']).toEqual({
    description: expect.stringMatching(/^a fault: /),
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  });
  expect(Object.keys(operation.responses).some((status) => /^[23]\d\d$/.test(status))).toBe(true);
  const named = (operation.parameters ?? []).filter((given) => given.in === 'path');
  expect(named.map(({ name }) => name)).toEqual(
    [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
  );
});

/** Fields that a body may have beside those of its schema: records, by their names in the description. */
function looseObjects(schema: unknown, place: string, seen = new Set<string>()): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  if (Array.isArray(schema)) return schema.flatMap((each) => looseObjects(each, place, seen));
  const { $ref, properties, additionalProperties, type, ...rest } = schema as Record<
    string,
    unknown
  >;
  if (typeof $ref === 'string') {
    if (seen.has($ref)) return [];
    const named = document.components.schemas[$ref.split('/').at(-1)!];
    return looseObjects(named, `${place} ${$ref}`, new Set([...seen, $ref]));
  }
  const isObject = [type].flat().includes('object') || properties !== undefined;
  const isLoose = isObject && additionalProperties === undefined;
  const fields = Object.entries(properties ?? {});
  return [
    ...(isLoose ? [place] : []),
    ...fields.flatMap(([name, field]) => looseObjects(field, `${place}.${name}`, seen)),
    ...looseObjects(additionalProperties, `${place}.*`, seen),
    ...['items', 'anyOf', 'oneOf', 'allOf', 'prefixItems'].flatMap((name) =>
      looseObjects(rest[name], place, seen),
    ),
  ];
}

test('no body in JSON takes a field that it does not know', () => {
  const bodies = operations.flatMap(({ method, path, operation }) => {
    const schema = operation.requestBody?.content['application/json']?.schema;
    return schema === undefined ? [] : [{ place: `${method} ${path}`, schema }];
  });
  expect(bodies.length).toBeGreaterThan(30);
  expect(bodies.flatMap(({ place, schema }) => looseObjects(schema, place))).toEqual([]);
  expect(looseObjects({ anyOf: [{ type: 'object', properties: {} }] }, 'x')).toEqual(['x']);
});

test('the tags are those that operations have', () => {
  const used = new Set(operations.flatMap(({ operation }) => operation.tags));
  const named: readonly { readonly name: string }[] = document.tags;
  expect([...used].toSorted()).toEqual(named.map(({ name }) => name).toSorted());
  expect(TAGS.filter(({ name }) => !used.has(name))).toEqual([]);
  expect(tagOf('/new-things/{id}')).toBe('new-things');
});
