import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  type Agreement,
  agreement,
  meanAgreement,
  type SourceFailures,
  TEXT_VIEWS,
  textOf,
} from './quality-clusters.ts';

/** Agreements of the Python pipeline by view, with the versions used. */
export interface ManualFigures {
  readonly made: string;
  readonly versions: Readonly<Record<string, string>>;
  /** Hash of the texts: figures for other texts are stale. */
  readonly texts: string;
  readonly views: Readonly<Record<string, readonly Agreement[]>>;
}

interface PythonResult {
  readonly versions: Readonly<Record<string, string>>;
  readonly rows: readonly {
    source: string;
    view: string;
    labels: readonly (readonly number[])[];
  }[];
}

const RECORD = resolve(import.meta.dirname, 'quality-manual.json');
const SCRIPT = resolve(import.meta.dirname, 'python/manual_pipeline.py');

/** The recorded figures; null if there are none or they are for other texts. */
export function recordedManual(sources: readonly SourceFailures[]): ManualFigures | null {
  if (!existsSync(RECORD)) return null;
  const record = JSON.parse(readFileSync(RECORD, 'utf8')) as ManualFigures;
  return record.texts === hashOf(sources) ? record : null;
}

/** Runs the Python pipeline for some minutes and records the figures; keeps the date if they are unchanged. */
export function measureManual(
  sources: readonly SourceFailures[],
  python: string,
  today: string,
): ManualFigures {
  const { versions, rows } = runPython(sources, python);
  const views = Object.fromEntries(
    TEXT_VIEWS.map((view) => [view, sources.map((source) => agreementOf(source, view, rows))]),
  );
  const figures = { versions, texts: hashOf(sources), views };
  const before = recordedManual(sources);
  const same =
    before !== null &&
    JSON.stringify({ ...before, made: '' }) === JSON.stringify({ made: '', ...figures });
  const record = { made: same ? before.made : today, ...figures };
  writeFileSync(RECORD, `${JSON.stringify(record, null, 2)}\n`);
  return record;
}

function agreementOf(from: SourceFailures, view: string, rows: PythonResult['rows']): Agreement {
  const row = rows.find((each) => each.source === from.source && each.view === view);
  if (row === undefined) throw new Error(`${SCRIPT} gave no labels for ${from.source}, ${view}`);
  const runs = row.labels.map((labels) =>
    agreement(
      from,
      labels.map((label) => (label < 0 ? null : label)),
    ),
  );
  return rounded(meanAgreement(runs));
}

function runPython(sources: readonly SourceFailures[], python: string): PythonResult {
  const folder = mkdtempSync(join(tmpdir(), 'culprit-manual-'));
  try {
    const groups = sources.flatMap(({ source, failures }) =>
      TEXT_VIEWS.map((view) => ({ source, view, texts: failures.map((row) => textOf(row, view)) })),
    );
    writeFileSync(join(folder, 'texts.json'), JSON.stringify(groups));
    const paths = ['texts.json', 'labels.json'].map((name) => join(folder, name));
    const { status, stderr } = spawnSync(python, [SCRIPT, ...paths], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${python} ${SCRIPT} failed:\n${stderr}`);
    return JSON.parse(readFileSync(join(folder, 'labels.json'), 'utf8')) as PythonResult;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function hashOf(sources: readonly SourceFailures[]): string {
  const hash = createHash('sha256');
  for (const { source, failures } of sources)
    for (const row of failures)
      hash.update(JSON.stringify([source, row.primary, row.rootCause, textOf(row, 'both')]));
  return hash.digest('hex').slice(0, 16);
}

const round = (value: number | null): number | null =>
  value === null ? null : Math.round(value * 1e4) / 1e4;

const rounded = ({ source, primary, rootCause }: Agreement): Agreement => ({
  source,
  primary: round(primary),
  rootCause: round(rootCause),
});
