import type { SqlClient } from '../sql-client.ts';
import type {
  DefinitionName,
  SeenDefinition,
  StoredDefinition,
  TelemetryStore,
} from '../telemetry-store.ts';

/** Reads of `definitions`, whose rows need not be joined yet. */
export type DefinitionQueries = Pick<
  TelemetryStore,
  'definitionNames' | 'definitions' | 'definitionsSeen'
>;

const MOST_NAMES = 1_000;
const MOST_TEXTS = 100;
const MOST_SEEN = 300;

const SEEN =
  'toUnixTimestamp64Micro(min(first_seen)) / 1000 AS first, toUnixTimestamp64Micro(max(last_seen)) / 1000 AS last';
const WHERE = 'project = {project:String} AND kind = {kind:String}';

export const definitionQueries = (client: SqlClient): DefinitionQueries => ({
  definitionNames: (project, kind) =>
    client.rows<DefinitionName>(
      `SELECT name, uniqExactIf(version, version != '') AS versions,
  argMaxIf(version, last_seen, version != '') AS latest, ${SEEN}
FROM definitions WHERE ${WHERE} GROUP BY name ORDER BY last DESC, name LIMIT ${MOST_NAMES}`,
      { project, kind },
    ),

  definitions: (project, kind, name, version) =>
    client.rows<StoredDefinition>(
      `SELECT version, hash, any(text) AS text, any(size) AS size, ${SEEN}
FROM definitions WHERE ${WHERE} AND name = {name:String}
${version === undefined ? '' : 'AND (version = {version:String} OR hash = {version:String})'}
GROUP BY version, hash ORDER BY last DESC, version, hash LIMIT ${MOST_TEXTS}`,
      { project, kind, name, version: version ?? '' },
    ),

  definitionsSeen: (project, kind, from, to) =>
    client.rows<SeenDefinition>(
      `SELECT name, version, hash, any(text) AS text, any(size) AS size, ${SEEN}
FROM definitions WHERE ${WHERE} AND notEmpty(name) AND notEmpty(hash)
GROUP BY name, version, hash HAVING last >= {from:Float64} AND first <= {to:Float64}
ORDER BY last DESC, name, version, hash LIMIT ${MOST_SEEN}`,
      { project, kind, from, to },
    ),
});
