import type { Migration } from './migration.ts';

/**
 * Texts of prompts and tools, once per version. Several servers may write the same: rows are joined when parts are merged.
 * Of the traces that a text was seen in, the two with the least and the greatest id are known: once both are deleted, it is
 * deleted too, which is what happens to a text that was only ever seen in traces of one user.
 */
export const definitions: Migration = {
  version: 3,
  name: 'definitions',
  statements: ({ create, settings }) => [
    create('definitions', 'AggregatingMergeTree')`(
  project LowCardinality(String),
  kind Enum8('prompt' = 1, 'tool' = 2),
  name String CODEC(ZSTD(1)),
  version String CODEC(ZSTD(1)),
  hash String CODEC(ZSTD(1)),
  text SimpleAggregateFunction(any, String) CODEC(ZSTD(3)),
  size SimpleAggregateFunction(any, UInt32) CODEC(ZSTD(1)),
  first_seen SimpleAggregateFunction(min, DateTime64(6, 'UTC')) CODEC(ZSTD(1)),
  last_seen SimpleAggregateFunction(max, DateTime64(6, 'UTC')) CODEC(ZSTD(1)),
  least_trace SimpleAggregateFunction(min, String) CODEC(ZSTD(1)),
  greatest_trace SimpleAggregateFunction(max, String) CODEC(ZSTD(1)),
  expires SimpleAggregateFunction(max, Date) CODEC(ZSTD(1))
)
ORDER BY (project, kind, name, version, hash)
TTL expires
SETTINGS index_granularity = 256, min_age_to_force_merge_seconds = 3600, ${settings}`,
  ],
};
