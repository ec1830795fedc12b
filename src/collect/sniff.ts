import type { Json, JsonObject } from '../contract/json.ts';
import type { ColumnRoles } from './column-map.ts';
import { isList, isRecord } from './json-value.ts';
import { readRow } from './shape/generic.ts';
import type { Shape } from './shape/shape.ts';

/** Tells which shape an object has. */
export interface Sniffer {
  /** Null when no shape fits. */
  shapeOf(value: JsonObject): Shape | null;
}

/** @param mapped rows are read by the columns the user named, whatever else they look like. */
export function sniffer(roles: ColumnRoles, mapped: boolean): Sniffer {
  const row: Shape = {
    format: 'rows',
    matches: () => true,
    read: (value, { onProblem }) => {
      const record = readRow(value, roles);
      if (record !== null) return [record];
      onProblem('unknown_shape', `no input, output or messages among ${keysOf(value)}`);
      return [];
    },
  };
  return {
    shapeOf: (value) => (mapped ? row : (SHAPES.find((shape) => shape.matches(value)) ?? row)),
  };
}

/** In order: the first that fits wins. */
const SHAPES: readonly Shape[] = [];

/** A list of chat messages is a conversation; other lists give their elements. */
export function objectsOf(value: Json): readonly Json[] {
  if (!isList(value)) return [value];
  const first = value[0];
  if (isRecord(first) && ('role' in first || 'from' in first)) return [{ messages: value }];
  return value;
}

export function keysOf(value: JsonObject): string {
  const keys = Object.keys(value);
  const shown = keys.slice(0, 12).map((key) => key.slice(0, 40));
  return `the keys ${shown.join(', ')}${keys.length > shown.length ? ', …' : ''}`;
}
