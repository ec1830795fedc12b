import type { Json, JsonObject } from '../../../contract/json.ts';
import { isRecord } from '../../../text/json.ts';

/** Finds the schemas that `$ref` names, inside one document only: nothing is ever fetched. */
export interface SchemaReferences {
  /** The schema, and the document that references inside it start from; null when it is not there. */
  readonly find: (reference: string, from: JsonObject) => Referred | null;
}

interface Referred {
  readonly schema: Json;
  readonly root: JsonObject;
}

/** Schemas that a document may name by `$id` or `$anchor`, whatever its size. */
const MOST_NAMED = 10_000;

/** The references of a schema document (`#`, `#/pointer`, `#anchor`, `$id`), resolved when asked for. */
export function schemaReferences(document: JsonObject): SchemaReferences {
  let named: Named | null = null;
  return {
    find(reference, from) {
      const [id = '', fragment = ''] = reference.split('#', 2);
      if (id !== '' || !(fragment === '' || fragment.startsWith('/'))) named ??= namedIn(document);
      const root = id === '' ? from : named?.ids.get(id);
      if (root === undefined) return null;
      if (fragment === '') return { schema: root, root };
      const schema = fragment.startsWith('/')
        ? at(root, fragment)
        : named?.anchors.get(root)?.get(fragment);
      return schema === undefined ? null : { schema, root };
    },
  };
}

/** Whether a schema is a document of its own, which references inside it start from. */
export const isDocument = (schema: JsonObject): boolean => {
  const id = schema['$id'];
  return typeof id === 'string' && id !== '' && !id.startsWith('#');
};

function at(root: Json, pointer: string): Json | undefined {
  let value: Json | undefined = root;
  for (const token of pointer.split('/').slice(1)) {
    const name = decoded(token).replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name))
      return undefined;
    value = (value as JsonObject)[name];
  }
  return value;
}

function decoded(token: string): string {
  try {
    return decodeURIComponent(token);
  } catch {
    return token;
  }
}

interface Named {
  readonly ids: Map<string, JsonObject>;
  readonly anchors: Map<JsonObject, Map<string, JsonObject>>;
}

function namedIn(document: JsonObject): Named {
  const ids = new Map<string, JsonObject>();
  const anchors = new Map<JsonObject, Map<string, JsonObject>>();
  const waiting: { readonly value: Json; readonly root: JsonObject }[] = [
    { value: document, root: document },
  ];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value } = next;
    if (typeof value !== 'object' || value === null || ids.size + anchors.size > MOST_NAMED)
      continue;
    const root = isRecord(value) && isDocument(value) ? value : next.root;
    if (isRecord(value)) name(value, root, ids, anchors);
    for (const part of Object.values(value))
      if (part !== undefined) waiting.push({ value: part, root });
  }
  return { ids, anchors };
}

function name(
  schema: JsonObject,
  root: JsonObject,
  ids: Named['ids'],
  anchors: Named['anchors'],
): void {
  const { $id: id, $anchor: anchor } = schema;
  if (typeof id === 'string' && id !== '') {
    const whole = id.replace(/#$/, '');
    ids.set(whole, schema);
    ids.set(whole.slice(whole.lastIndexOf('/') + 1), schema);
  }
  if (typeof anchor !== 'string') return;
  const own = anchors.get(root) ?? new Map<string, JsonObject>();
  anchors.set(root, own.set(anchor, schema));
}
