import { byText } from '../../text/by-text.ts';
import { isHostileKey } from '../json/hostile-key.ts';
import {
  CONVERSATION_KEYS,
  FAMILIES,
  HEADER_PREFIXES,
  METADATA_KEYS,
  METADATA_PREFIXES,
} from './attribute-key.ts';
import { FIELD_KEYS, type Field } from './attribute-table.ts';

/** Meaning of a key, computed once per distinct key. */
export interface AttributeRule {
  /** Fields it may supply, with its rank among the keys of that field. */
  readonly fields: readonly (readonly [field: Field, rank: number])[];
  readonly family: {
    readonly name: (typeof FAMILIES)[number];
    readonly path: readonly (string | number)[];
  } | null;
  /** Name in the application's metadata; '' when the value is all of the metadata. */
  readonly metadata: string | null;
  readonly header: boolean;
  readonly hostile: boolean;
}

/** Null for unknown keys. */
export function attributeRule(key: string): AttributeRule | null {
  return FIXED.get(key) ?? knownRule(key);
}

/** Spans repeat their keys. */
const knownRule = byText(derivedRule, 10_000);
const NO_FIELDS: AttributeRule['fields'] = [];

function fixedRules(): [string, AttributeRule][] {
  const fields = new Map<string, [Field, number][]>();
  for (const [field, keys] of Object.entries(FIELD_KEYS) as [Field, readonly string[]][]) {
    keys.forEach((key, rank) => {
      fields.set(key, [...(fields.get(key) ?? []), [field, rank]]);
    });
  }
  for (const key of [...METADATA_KEYS, ...CONVERSATION_KEYS]) {
    if (!fields.has(key)) fields.set(key, []);
  }
  return [...fields].map(([key, supplied]) => [
    key,
    { ...(derivedRule(key) ?? NOTHING), fields: supplied },
  ]);
}

function derivedRule(key: string): AttributeRule | null {
  if (isHostileKey(key)) return { ...NOTHING, hostile: true };
  if (HEADER_PREFIXES.some((prefix) => key.startsWith(prefix))) return { ...NOTHING, header: true };
  if ((METADATA_KEYS as readonly string[]).includes(key)) return { ...NOTHING, metadata: '' };
  const prefix = METADATA_PREFIXES.find((start) => key.startsWith(start));
  if (prefix !== undefined) return { ...NOTHING, metadata: key.slice(prefix.length) };
  const family = familyOf(key);
  return family === null ? null : { ...NOTHING, family };
}

const NOTHING: AttributeRule = {
  fields: NO_FIELDS,
  family: null,
  metadata: null,
  header: false,
  hostile: false,
};

const INDEX = /^\d{1,9}$/;

function familyOf(key: string): AttributeRule['family'] {
  for (const name of FAMILIES) {
    if (!key.startsWith(name) || key.charCodeAt(name.length) !== DOT) continue;
    const path = key
      .slice(name.length + 1)
      .split('.')
      .map((segment) => (INDEX.test(segment) ? Number(segment) : segment));
    return typeof path[0] === 'number' && path.length <= MAX_PATH ? { name, path } : null;
  }
  return null;
}

const DOT = 46;
const MAX_PATH = 16;

const FIXED: ReadonlyMap<string, AttributeRule> = new Map(fixedRules());
