import type { Migration } from './migration.ts';

/**
 * What finds the span, the response or the session that a score names. Parts that are there already have the id of a response
 * computed when it is read, and no index until they are merged: nothing is written anew.
 */
export const scorePlaces: Migration = {
  version: 4,
  name: 'score places',
  statements: ({ onCluster }) => [
    `ALTER TABLE records${onCluster} ADD COLUMN IF NOT EXISTS response_id String DEFAULT ${RESPONSE} CODEC(ZSTD(1))`,
    ...[
      ['records', 'ix_id id'],
      ['records', 'ix_response response_id'],
      ['traces', 'ix_session session'],
    ].map(
      ([table, index]) =>
        `ALTER TABLE ${table}${onCluster} ADD INDEX IF NOT EXISTS ${index} TYPE bloom_filter(0.0001) GRANULARITY 1`,
    ),
  ],
};

const RESPONSE =
  "coalesce(nullIf(JSONExtractString(attributes, 'gen_ai.response.id'), ''), JSONExtractString(attributes, 'ai.response.id'))";
