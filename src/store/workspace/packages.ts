// biome-ignore-all lint/performance/noBarrelFile: the one place where packages of the workspace are imported

/** The packages that the workspace alone needs. A build replaces this file by a bundle of them. */
export {
  and,
  asc,
  desc,
  eq,
  gt,
  gte,
  inArray,
  isNull,
  like,
  lt,
  lte,
  ne,
  notInArray,
  type SQL,
  sql,
} from 'drizzle-orm';
export { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
export {
  bigint,
  boolean,
  customType,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from 'drizzle-orm/pg-core';
export { Pool, type PoolConfig } from 'pg';
export { type JobWithMetadata, PgBoss } from 'pg-boss';
