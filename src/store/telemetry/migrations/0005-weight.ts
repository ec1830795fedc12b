import type { Migration } from './migration.ts';

/** How many traces of the traffic a stored one stands for: 1 for all that were stored before, none of which was left out. */
export const weight: Migration = {
  version: 5,
  name: 'weight',
  statements: ({ onCluster }) => [
    `ALTER TABLE traces${onCluster} ADD COLUMN IF NOT EXISTS weight UInt32 DEFAULT 1`,
    `ALTER TABLE traces${onCluster} DROP COLUMN IF EXISTS representative`,
    `ALTER TABLE traces${onCluster} DROP COLUMN IF EXISTS sample_rate`,
  ],
};
