import { METADATA_PREFIXES, TENANT_KEYS } from './attribute-key.ts';
import { FIELD_KEYS } from './attribute-table.ts';

const inMetadata = (names: readonly string[]): readonly string[] =>
  METADATA_PREFIXES.flatMap((prefix) => names.map((name) => `${prefix}${name}`));

/** Attributes of a span or a resource that name whose trace it is. */
export const OWNER_KEYS: Readonly<Record<'user' | 'tenant', readonly string[]>> = {
  user: [...FIELD_KEYS.user, ...inMetadata(['user_id', 'userId', 'user'])],
  tenant: [...TENANT_KEYS, ...inMetadata(TENANT_KEYS)],
};
