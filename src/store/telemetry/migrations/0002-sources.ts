import type { Migration } from './migration.ts';

/**
 * Where a trace came from and what it carries, whether it is in the representative sample, and the environment and the
 * version of the detectors on every row. Records are not judged: theirs is an environment alone, read off what they hold.
 */
export const sources: Migration = {
  version: 2,
  name: 'sources',
  statements: ({ onCluster }) => {
    const add = (table: string, column: string): string =>
      `ALTER TABLE ${table}${onCluster} ADD COLUMN IF NOT EXISTS ${column}`;
    return [
      add('traces', 'service LowCardinality(String)'),
      add('traces', 'sdk LowCardinality(String)'),
      add('traces', 'carries Array(LowCardinality(String))'),
      add('traces', 'lacks Array(LowCardinality(String))'),
      add('traces', 'representative Bool DEFAULT true'),
      add('traces', 'sample_rate Float64 DEFAULT 1'),
      add('signals', 'environment LowCardinality(String)'),
      add('signals', 'detector_version LowCardinality(String)'),
      add('assignments', 'environment LowCardinality(String)'),
      add('assignments', 'detector_version LowCardinality(String)'),
      add('scores', 'environment LowCardinality(String)'),
      add('records', `environment String ALIAS ${ENVIRONMENT}`),
    ];
  },
};

/** The keys by which traces are read, of the record itself before those of its resource. */
const ENVIRONMENT = `coalesce(${['attributes', 'resource']
  .flatMap((column) =>
    [
      ...['langfuse.environment', 'deployment.environment.name', 'deployment.environment'],
      ...['gen_ai.environment', 'langsmith.metadata.environment'],
    ].map((key) => `nullIf(JSONExtractString(${column}, '${key}'), '')`),
  )
  .join(', ')}, '')`;
