import type { Json, JsonObject } from '../../contract/json.ts';
import { isList, isRecord } from '../../text/json.ts';
import { attributeMapShape } from '../shape/attribute-map.ts';
import type { ColumnRole, ColumnRoles } from '../shape/column-map.ts';
import { galileoShape } from '../shape/galileo.ts';
import { readRow } from '../shape/generic.ts';
import { jaegerShape } from '../shape/jaeger.ts';
import { langfuseShapes } from '../shape/langfuse.ts';
import { langsmithShapes } from '../shape/langsmith.ts';
import { mlflowShapes } from '../shape/mlflow.ts';
import { openaiShapes } from '../shape/openai.ts';
import { otlpShapes } from '../shape/otlp.ts';
import { phoenixShapes } from '../shape/phoenix.ts';
import type { Shape } from '../shape/shape.ts';
import { spanDumpShapes } from '../shape/span-dump.ts';

/** Finds the objects in a value and the shape of each. */
export interface Sniffer {
  /**
   * A list gives its elements (but a list of chat messages is one conversation), a page such as
   * `{data: […], next_cursor}` its content, an object of unknown shape the objects of known shape in its
   * lists, or itself as a row.
   */
  objectsIn(value: Json): readonly Found[];
}

/** How to read an object, once its shape is known. */
export type RecognizedShape = Pick<Shape, 'format' | 'read'>;

type Found =
  | { readonly shape: RecognizedShape; readonly value: JsonObject }
  | { readonly shape: null; readonly value: Json };

/** @param mapped true when the user named columns: every object is then read as a row. */
export function sniffer(roles: ColumnRoles, mapped: boolean): Sniffer {
  const read: Shape['read'] = (value, { onProblem }) => {
    const records = readRow(value, roles);
    if (records !== null) return records;
    onProblem('unknown_shape', `no input, output or messages among ${keysOf(value)}`);
    return [];
  };
  const row: RecognizedShape = { format: 'rows', read };
  const chat: RecognizedShape = { format: 'chat', read };
  const objectsIn = (value: Json): readonly Found[] => {
    if (isList(value)) {
      return isConversation(value)
        ? [{ shape: chat, value: { messages: value } }]
        : value.flatMap(objectsIn);
    }
    if (!isRecord(value)) return [{ shape: null, value }];
    const shape = mapped ? undefined : shapeOf(value);
    if (shape !== undefined) return [{ shape, value }];
    const inner = wrappedIn(value, roles);
    return inner === null
      ? [{ shape: isChat(value) ? chat : row, value }]
      : inner.flatMap(objectsIn);
  };
  return { objectsIn };
}

function shapeOf(value: JsonObject): Shape | undefined {
  if (!hasClue(value)) return undefined;
  for (const shape of SHAPES) if (shape.matches(value)) return shape;
  return undefined;
}

function hasClue(value: JsonObject): boolean {
  for (const key in value) if (CLUES.has(key) || key.includes('.')) return true;
  return false;
}

/** Messages and little else: fine-tuning files, chat logs. */
function isChat(value: JsonObject): boolean {
  return (
    isList(value['messages'] ?? value['conversations']) && !('input' in value || 'output' in value)
  );
}

function isConversation(value: readonly Json[]): boolean {
  const first = value[0];
  return isRecord(first) && ('role' in first || 'from' in first) && !('messages' in first);
}

/** Tried in order: the first that matches reads the object. */
const SHAPES: readonly Shape[] = [
  ...otlpShapes,
  jaegerShape,
  ...langsmithShapes,
  ...langfuseShapes,
  ...mlflowShapes,
  ...phoenixShapes,
  ...spanDumpShapes,
  galileoShape,
  ...openaiShapes,
  attributeMapShape,
];

const CLUES: ReadonlySet<string> = new Set(SHAPES.flatMap(({ clues }) => clues));

/** Keys under which tools and APIs wrap the list they return. */
const WRAPPERS = [
  'data',
  'traces',
  'spans',
  'runs',
  'items',
  'results',
  'records',
  'rows',
  'scores',
];

/** The objects a wrapper contains; null when the object itself is to be read. */
function wrappedIn(value: JsonObject, roles: ColumnRoles): readonly JsonObject[] | null {
  for (const key in value) if (isContent(roles.of(key)?.role)) return null;
  const lists = WRAPPERS.flatMap((key) => {
    const inner = value[key];
    return isList(inner) && inner.every(isRecord) ? [inner] : [];
  });
  if (lists.some((list) => list.length > 0)) return lists.flat();
  const known = Object.values(value).flatMap((inner) =>
    isList(inner) ? inner.filter(isRecord).filter((item) => shapeOf(item) !== undefined) : [],
  );
  return known.length > 0 ? known : null;
}

const isContent = (role: ColumnRole | undefined): boolean =>
  role === 'input' || role === 'output' || role === 'messages';

function keysOf(value: JsonObject): string {
  const keys = Object.keys(value);
  const shown = keys.slice(0, 12).map((key) => key.slice(0, 40));
  return `the keys ${shown.join(', ')}${keys.length > shown.length ? ', …' : ''}`;
}
