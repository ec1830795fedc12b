import type { Migration } from './migration.ts';

/**
 * What was received (`records`) apart from what is known of each trace (`traces`), which lists and counts read. Rows are
 * replaced by inserting them again: every key is all that identifies a row, and never changes.
 */
export const initial: Migration = {
  version: 1,
  name: 'initial',
  statements: ({ create, settings }) => [
    create('records', 'ReplacingMergeTree(size)')`(
  project LowCardinality(String),
  trace_id String CODEC(ZSTD(1)),
  kind Enum8('span' = 1, 'log' = 2, 'conversation' = 3),
  id String CODEC(ZSTD(1)),
  parent_id String CODEC(ZSTD(1)),
  start DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
  started Nullable(Float64) CODEC(ZSTD(1)),
  ended Nullable(Float64) CODEC(ZSTD(1)),
  name LowCardinality(String),
  status Enum8('unset' = 0, 'ok' = 1, 'error' = 2),
  status_message String CODEC(ZSTD(1)),
  attributes String CODEC(ZSTD(1)),
  resource String CODEC(ZSTD(1)),
  scope LowCardinality(String),
  events String CODEC(ZSTD(1)),
  links String CODEC(ZSTD(1)),
  dropped UInt32 CODEC(ZSTD(1)),
  refused UInt32 CODEC(ZSTD(1)),
  body String CODEC(ZSTD(1)),
  format LowCardinality(String),
  size UInt32 CODEC(ZSTD(1)),
  received DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
  expires Date CODEC(ZSTD(1)),
  INDEX ix_received received TYPE minmax GRANULARITY 4
)
PARTITION BY toYYYYMM(start)
ORDER BY (project, trace_id, kind, id)
TTL expires
SETTINGS index_granularity = 256, ${settings}`,
    create('traces', 'ReplacingMergeTree(version)')`(
  project LowCardinality(String),
  anchor DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
  trace_id String CODEC(ZSTD(1)),
  version UInt64 CODEC(T64, ZSTD(1)),
  start DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
  \`end\` DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
  name LowCardinality(String),
  status Enum8('unset' = 0, 'ok' = 1, 'error' = 2),
  error_type LowCardinality(String),
  tenant LowCardinality(String),
  user String CODEC(ZSTD(1)),
  session String CODEC(ZSTD(1)),
  environment LowCardinality(String),
  release LowCardinality(String),
  prompt_name LowCardinality(String),
  prompt_version LowCardinality(String),
  model LowCardinality(String),
  provider LowCardinality(String),
  tags Array(LowCardinality(String)),
  metadata String CODEC(ZSTD(1)),
  input String CODEC(ZSTD(1)),
  output String CODEC(ZSTD(1)),
  root_span String CODEC(ZSTD(1)),
  span_count UInt32 CODEC(T64, ZSTD(1)),
  input_tokens UInt64 CODEC(T64, ZSTD(1)),
  output_tokens UInt64 CODEC(T64, ZSTD(1)),
  cost Float64 CODEC(ZSTD(1)),
  scores Map(LowCardinality(String), Float64),
  signals Array(LowCardinality(String)),
  gaps Array(LowCardinality(String)),
  eligible Bool,
  failed Bool,
  source LowCardinality(String),
  detector_version LowCardinality(String),
  received DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
  expires Date CODEC(ZSTD(1)),
  INDEX ix_trace trace_id TYPE bloom_filter(0.001) GRANULARITY 1,
  INDEX ix_output output TYPE text(tokenizer = 'splitByNonAlpha', preprocessor = lower(output)) GRANULARITY 1
)
PARTITION BY toMonday(anchor)
ORDER BY (project, anchor, trace_id)
TTL expires
SETTINGS index_granularity = 1024, min_age_to_force_merge_seconds = 3600, ${settings}`,
    create('signals', 'ReplacingMergeTree(version)')`(
  project LowCardinality(String),
  detector LowCardinality(String),
  anchor DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
  trace_id String CODEC(ZSTD(1)),
  span_id String CODEC(ZSTD(1)),
  path LowCardinality(String),
  verdict Enum8('no' = 0, 'yes' = 1, 'unknown' = 2),
  quote String CODEC(ZSTD(1)),
  version UInt64 CODEC(T64, ZSTD(1)),
  expires Date CODEC(ZSTD(1)),
  INDEX ix_trace trace_id TYPE bloom_filter(0.001) GRANULARITY 1
)
PARTITION BY toYYYYMM(anchor)
ORDER BY (project, detector, anchor, trace_id, span_id, path)
TTL expires
SETTINGS ${settings}`,
    create('scores', 'ReplacingMergeTree(version)')`(
  project LowCardinality(String),
  trace_id String CODEC(ZSTD(1)),
  session_id String CODEC(ZSTD(1)),
  response_id String CODEC(ZSTD(1)),
  span_id String CODEC(ZSTD(1)),
  name LowCardinality(String),
  source LowCardinality(String),
  id String CODEC(ZSTD(1)),
  value Nullable(Float64) CODEC(ZSTD(1)),
  label LowCardinality(String),
  explanation String CODEC(ZSTD(1)),
  annotator Enum8('unknown' = 0, 'human' = 1, 'model' = 2, 'code' = 3),
  at DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
  version DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
  expires Date CODEC(ZSTD(1))
)
PARTITION BY toYYYYMM(at)
ORDER BY (project, trace_id, session_id, response_id, span_id, name, source, id)
TTL expires
SETTINGS ${settings}`,
    create('assignments', 'ReplacingMergeTree(version)')`(
  project LowCardinality(String),
  clustering LowCardinality(String),
  anchor DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
  trace_id String CODEC(ZSTD(1)),
  cluster LowCardinality(String),
  distance Float64 CODEC(ZSTD(1)),
  version UInt64 CODEC(T64, ZSTD(1)),
  expires Date CODEC(ZSTD(1)),
  INDEX ix_trace trace_id TYPE bloom_filter(0.001) GRANULARITY 1
)
PARTITION BY toYYYYMM(anchor)
ORDER BY (project, clustering, anchor, trace_id)
TTL expires
SETTINGS ${settings}`,
    create('tombstones', 'ReplacingMergeTree')`(
  project LowCardinality(String),
  trace_id String CODEC(ZSTD(1)),
  at DateTime('UTC')
)
ORDER BY (project, trace_id)
SETTINGS ${settings}`,
  ],
};
