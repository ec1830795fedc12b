/** A step of the schema, never changed once released. */
export interface Migration {
  /** 1, 2, … without gaps. */
  readonly version: number;
  readonly name: string;
  /** Each must be harmless when run again: a step that broke off starts over. */
  readonly statements: (dialect: Dialect) => readonly string[];
}

/** How the same statement reads on one server and on a cluster. */
export interface Dialect {
  /** `CREATE TABLE IF NOT EXISTS`, then columns and clauses as a template. */
  create(
    table: string,
    engine: string,
  ): (text: TemplateStringsArray, ...values: readonly string[]) => string;
  /** ` ON CLUSTER name`, or nothing. */
  readonly onCluster: string;
  /** Settings of every table: written through to the disk before an insert counts, merged parts too. */
  readonly settings: string;
}

/**
 * @param cluster name of the ClickHouse cluster; null for a single server. The form for clusters could only be parsed where
 * Culprit is built, never run: there is no cluster.
 */
export function dialect(cluster: string | null): Dialect {
  const onCluster = cluster === null ? '' : ` ON CLUSTER ${cluster}`;
  return {
    onCluster,
    settings: DURABLE,
    create:
      (table, engine) =>
      (text, ...values) => {
        const body = String.raw({ raw: text }, ...values);
        const made = cluster === null ? engine : replicated(engine);
        const end = body.indexOf('\n)\n') + 2;
        const [columns, clauses] = [body.slice(0, end), body.slice(end)];
        return `CREATE TABLE IF NOT EXISTS ${table}${onCluster} ${columns}\nENGINE = ${made}${clauses}`;
      },
  };
}

/** Path and replica come from the macros of the server. */
const replicated = (engine: string): string => `Replicated${engine}`;

/** A part that was merged is flushed too: the parts it was made of may then go at once, which deletion waits for. */
const DURABLE = [
  ...['fsync_after_insert = 1', 'fsync_part_directory = 1'],
  ...['min_compressed_bytes_to_fsync_after_merge = 1', 'old_parts_lifetime = 5'],
  ...['cleanup_delay_period = 2', 'cleanup_delay_period_random_add = 0'],
  'max_cleanup_delay_period = 4',
].join(', ');
