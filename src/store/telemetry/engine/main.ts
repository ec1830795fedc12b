import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { engineFront } from './front.ts';
import { openSessions } from './sessions.ts';

/** What the parent gives, as JSON in the first argument. */
const argumentSchema = z.object({
  /** Folder of the data; one process at a time. */
  folder: z.string(),
  /** Path of a Unix socket, or a port of 127.0.0.1 (0 for any). */
  listen: z.union([z.string(), z.number().int()]),
  scratch: z.string(),
  backups: z.string(),
  memoryBytes: z.number().int(),
  sessions: z.number().int(),
  /** Made when missing, and used by statements that name none. */
  database: z.string().regex(/^\w+$/),
});

export type EngineArguments = z.infer<typeof argumentSchema>;

/** What the child tells its parent. */
export type EngineMessage =
  | { readonly kind: 'ready'; readonly port: number | null }
  | { readonly kind: 'failed'; readonly message: string };

const tell = (message: EngineMessage): void => {
  process.send?.(message);
};

async function start(): Promise<void> {
  process.umask(0o077);
  const given = argumentSchema.parse(JSON.parse(process.argv[2] ?? ''));
  await mkdir(given.folder, { recursive: true, mode: 0o700 });
  await mkdir(given.backups, { recursive: true, mode: 0o700 });
  const config = join(given.folder, '..', 'engine.xml');
  await writeFile(config, configOf(given));
  const sessions = await openSessions(given.folder, {
    count: given.sessions,
    database: given.database,
    settings: [`--config-file=${config}`],
  });
  const server = await engineFront({ sessions, scratch: given.scratch });
  server.keepAliveTimeout = 30_000;
  if (typeof given.listen === 'string') await rm(given.listen, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    if (typeof given.listen === 'string') server.listen(given.listen, resolve);
    else server.listen(given.listen, '127.0.0.1', resolve);
  });
  if (typeof given.listen === 'string') await chmod(given.listen, 0o600);
  const address = server.address();
  tell({ kind: 'ready', port: typeof address === 'object' ? (address?.port ?? null) : null });
  const stop = async (): Promise<void> => {
    // A statement may run for hours; the folder is for the next process soon. What is not on the disk was not acknowledged.
    setTimeout(() => process.exit(0), STOP_MS);
    server.close();
    await sessions.close();
    await rm(given.scratch, { recursive: true, force: true });
    process.exit(0);
  };
  process.on('disconnect', stop);
  process.on('SIGTERM', stop);
  // The terminal sends it to the whole group; the parent decides.
  process.on('SIGINT', () => {});
}

/** Milliseconds that running statements have when it ends. */
const STOP_MS = 8_000;

/**
 * Server settings that no statement can change. What is kept for later questions and what merges hold is a part of the memory:
 * the engine's own defaults are for machines of their own, with caches of gigabytes and sixteen merges at a time. Merges wait
 * for more parts than by default (a base of 20 instead of 5), so that each row is written again less often.
 */
const configOf = ({ memoryBytes, backups }: EngineArguments): string =>
  `<clickhouse>
  <max_server_memory_usage>${memoryBytes}</max_server_memory_usage>
${CACHES.map((cache) => `  <${cache}>${Math.round(memoryBytes / 32)}</${cache}>`).join('\n')}
  <background_pool_size>${MERGES}</background_pool_size>
  <background_merges_mutations_concurrency_ratio>1</background_merges_mutations_concurrency_ratio>
  <merge_tree>
    <merge_selector_base>20</merge_selector_base>
    <merge_max_block_size_bytes>2097152</merge_max_block_size_bytes>
    <number_of_free_entries_in_pool_to_lower_max_size_of_merge>1</number_of_free_entries_in_pool_to_lower_max_size_of_merge>
    <number_of_free_entries_in_pool_to_execute_mutation>1</number_of_free_entries_in_pool_to_execute_mutation>
    <number_of_free_entries_in_pool_to_execute_optimize_entire_partition>1</number_of_free_entries_in_pool_to_execute_optimize_entire_partition>
  </merge_tree>
  <backups><allowed_path>${escaped(backups)}/</allowed_path></backups>
</clickhouse>
`;

const CACHES: readonly string[] = [
  ...['mark_cache_size', 'index_mark_cache_size', 'uncompressed_cache_size'],
  ...['index_uncompressed_cache_size', 'primary_index_cache_size', 'query_condition_cache_size'],
  ...['text_index_dictionary_block_cache_size', 'text_index_header_cache_size'],
  'text_index_postings_cache_size',
];
/** At a time. */
const MERGES = 2;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

start().catch((error: unknown) => {
  tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  process.exitCode = 1;
  process.disconnect?.();
});
