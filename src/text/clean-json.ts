import type { Json, JsonObject } from '../contract/json.ts';

/** Nesting that no recorder writes; below it values are cut so that nothing downstream recurses without end. */
const MAX_DEPTH = 100;

/**
 * A parsed value without prototype keys (`__proto__`, `constructor`, `prototype`) and without nesting
 * deeper than 100 (deeper values become null). The same object when there was nothing to take out.
 */
export function cleanJson(value: unknown): Json {
  return (isDirty(value, 0) ? cleaned(value, 0) : value) as Json;
}

function isDirty(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (depth >= MAX_DEPTH) return true;
  if (Array.isArray(value)) {
    for (const item of value) {
      if (typeof item === 'object' && item !== null && isDirty(item, depth + 1)) return true;
    }
    return false;
  }
  for (const key in value) {
    if (isPrototypeKey(key)) return true;
    const item = (value as JsonObject)[key];
    if (typeof item === 'object' && item !== null && isDirty(item, depth + 1)) return true;
  }
  return false;
}

function cleaned(value: unknown, depth: number): Json {
  if (typeof value !== 'object' || value === null) return value as Json;
  if (depth >= MAX_DEPTH) return null;
  if (Array.isArray(value)) return value.map((item) => cleaned(item, depth + 1));
  const out: Record<string, Json> = {};
  for (const [key, item] of Object.entries(value)) {
    if (!isPrototypeKey(key)) out[key] = cleaned(item, depth + 1);
  }
  return out;
}

/** True for the names that reach an object's prototype when used as a key. */
export function isPrototypeKey(key: string): boolean {
  return key === '__proto__' || key === 'constructor' || key === 'prototype';
}
