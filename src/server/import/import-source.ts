import { type CollectedRecord, collectRecords } from '../../collect/collect.ts';
import type { ByteSource } from '../../contract/byte-source.ts';
import { CulpritError } from '../../contract/culprit-error.ts';
import type { ImportReport } from '../../contract/import-report.ts';
import { lossOf, type ProblemCounts, problemCounts } from './loss.ts';
import type { RecordImporter } from './record-importer.ts';

export interface ImportOptions {
  /** Columns of tables whose names are not recognized, as `--map` takes them. */
  readonly map?: Readonly<Record<string, string>>;
  /** Refuses the whole when anything in it is not understood. */
  readonly strict: boolean;
}

/** An import that was refused. */
export class LossyImport extends Error {
  readonly report: ImportReport;

  constructor(report: ImportReport) {
    super(`not stored: ${report.lost.count} things in ${report.name} are not understood`);
    this.report = report;
  }
}

/**
 * Stores the records of a file. A strict import and one with a map read it twice: nothing is stored
 * before all of it was understood.
 * @throws LossyImport; CulpritError what `collect` throws, and what the store throws, then with a part stored: import it again.
 */
export async function importSource(
  source: ByteSource,
  { strict, ...options }: ImportOptions,
  importer: RecordImporter,
): Promise<ImportReport> {
  // Whether a column is there is known at the end.
  if (strict || options.map !== undefined) {
    const report = await readThrough(source, options, async () => {}, importer);
    if (strict && report.lost.count > 0) throw new LossyImport(report);
  }
  const report = await readThrough(source, options, importer.add, importer);
  await importer.end();
  return { ...report, ...importer.counts() };
}

async function readThrough(
  source: ByteSource,
  options: Omit<ImportOptions, 'strict'>,
  add: RecordImporter['add'],
  importer: RecordImporter,
): Promise<ImportReport> {
  const problems: ProblemCounts = problemCounts();
  const collected = collectRecords([source], { ...options, onProblem: problems.note });
  let found = 0;
  const take = async (batch: readonly CollectedRecord[]): Promise<void> => {
    found += batch.length;
    await add(batch);
  };
  try {
    for await (const batch of collected.records()) await take(batch);
  } catch (error) {
    // A page of scores has no trace of its own.
    const isScores = error instanceof CulpritError && error.code === 'no_traces' && found > 0;
    if (!isScores) throw error;
  }
  const { files } = collected.report();
  const [file] = files;
  return {
    name: source.name,
    formats: [...(file?.formats ?? [])],
    bytes: file?.bytes ?? 0,
    records: file?.records ?? 0,
    traces: file?.traces ?? 0,
    ...importer.counts(),
    lost: lossOf(collected, problems),
    kept: [...collected.unread.attributes()],
  };
}
