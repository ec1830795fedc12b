import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import {
  CONVERSATION_KEYS,
  FAMILIES,
  HEADER_PREFIXES,
  INPUT_KEYS,
  KIND_KEYS,
  METADATA_KEYS,
  METADATA_PREFIXES,
  OUTPUT_KEYS,
  TENANT_KEYS,
  TOOL_BAG_KEYS,
  TOOL_KEYS,
} from './attribute-key.ts';
import { FIELD_KEYS } from './attribute-table.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../../docs/dialects.md'), 'utf8');

/** Rows of a table of the page: first cell to the code words of the second. */
function rowsOf(section: string): Record<string, string[]> {
  const table = page.split(`<!-- ${section} -->`)[1]?.split(`<!-- /${section} -->`)[0] ?? '';
  const rows = table.trim().split('\n').slice(2);
  return Object.fromEntries(
    rows.map((row) => {
      const [name = '', keys = ''] = row.slice(2).split(' | ');
      return [name, [...keys.matchAll(/`([^`]+)`/g)].map((key) => key[1] ?? '')];
    }),
  );
}

it('docs/dialects.md lists every field with its keys in order', () => {
  expect(rowsOf('fields')).toEqual(FIELD_KEYS);
});

it('docs/dialects.md lists the other keys in order', () => {
  expect(rowsOf('lists')).toEqual({
    kind: KIND_KEYS,
    'input messages': INPUT_KEYS,
    'output messages': OUTPUT_KEYS,
    'whole conversation': CONVERSATION_KEYS,
    'tool definitions': [...TOOL_KEYS, ...TOOL_BAG_KEYS],
    'indexed `prefix.N.…`': FAMILIES,
    metadata: [...METADATA_KEYS, ...METADATA_PREFIXES.map((prefix) => `${prefix}*`)],
    tenant: TENANT_KEYS,
    'left out': HEADER_PREFIXES.map((prefix) => `${prefix}*`),
  });
});

it('no key supplies a field twice', () => {
  for (const keys of Object.values(FIELD_KEYS)) expect(new Set(keys).size).toBe(keys.length);
});
