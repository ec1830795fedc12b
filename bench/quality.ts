/**
 * Measures how well Culprit detects and clusters on the open bench and updates the tables of docs/quality.md.
 * Figures are for the check half of the split by task.
 *
 *     node bench/quality.ts                                    with the recorded figures of the Python pipeline
 *     node bench/quality.ts --applications                     only the tables by application
 *     node bench/quality.ts --python bench/.venv/bin/python    runs the Python pipeline again, which takes minutes
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { measureApplications } from './applications.ts';
import {
  causesTable,
  detectionTable,
  firstCauseTable,
  metricTable,
  namedTable,
} from './applications-tables.ts';
import { detectAll } from './detection.ts';
import { type BenchTrace, readOpenBench } from './open-bench.ts';
import {
  type Agreement,
  agreement,
  bySource,
  culpritClusters,
  meanAgreement,
  type SourceFailures,
  TEXT_VIEWS,
  textOf,
  VIEWS,
} from './quality-clusters.ts';
import { figuresIn, fillFigures } from './quality-document.ts';
import { type ManualFigures, measureManual, recordedManual } from './quality-manual.ts';
import {
  beyondTable,
  confusionTable,
  dataTable,
  evidenceLine,
  failedTable,
  labelTable,
  type MethodFigures,
  manualLine,
  meansTable,
  sourcesTable,
} from './quality-tables.ts';
import { tfidfClusters } from './quality-tfidf.ts';

const DOCUMENT = resolve(import.meta.dirname, '../docs/quality.md');
const SEEDS = [1, 2, 3];

const { values: flags } = parseArgs({
  options: { python: { type: 'string' }, applications: { type: 'boolean', default: false } },
});

const open = await readOpenBench();
if (open === null) {
  console.error(
    '../shared/bench/open.tgz is missing: nothing to measure, docs/quality.md is unchanged.',
  );
} else {
  const fresh = (await readOpenBench(undefined, 'fresh')) ?? [];
  const manual = manualFigures(bySource(open.filter(({ half }) => half === 'check')));
  const blocks = {
    ...(flags.applications ? {} : await measure(open, manual)),
    ...(await measureAll({ open, fresh }, manual)),
  };
  const document = readFileSync(DOCUMENT, 'utf8');
  writeFileSync(DOCUMENT, fillFigures(document, { ...figuresIn(document), ...blocks }));
  console.log(Object.values(blocks).join('\n\n'));
}

/** By application, through the whole product, on both benches. */
async function measureAll(
  benches: Parameters<typeof measureApplications>[0],
  manual: ManualFigures | null,
): Promise<Record<string, string>> {
  const all = await measureApplications(benches, 'check', manual);
  return {
    metrics: metricTable(),
    detection: detectionTable(all),
    causes: causesTable(all),
    named: namedTable(all),
    'first-given': firstCauseTable(all, 'given'),
    'first-hidden': firstCauseTable(all, 'hidden'),
  };
}

async function measure(
  rows: readonly BenchTrace[],
  manual: ManualFigures | null,
): Promise<Record<string, string>> {
  const detected = detectAll(rows);
  const check = detected.filter(({ half }) => half === 'check');
  const sources = bySource(check);
  const figures = [
    ...(await culpritFigures(sources)),
    ...tfidfFigures(sources),
    ...TEXT_VIEWS.flatMap((view) =>
      manual ? [{ method: 'manual pipeline', view, sources: manual.views[view] ?? [] }] : [],
    ),
  ];
  return {
    data: dataTable(detected, 'check'),
    failed: failedTable(check),
    labels: labelTable(check),
    beyond: beyondTable(check),
    confusion: confusionTable(check),
    clusters: `${meansTable(figures)}\n\n${manualLine(manual)}`,
    'root-causes': sourcesTable(sources, figures, 'rootCause'),
    primary: sourcesTable(sources, figures, 'primary'),
    evidence: evidenceLine(check),
  };
}

async function culpritFigures(sources: readonly SourceFailures[]): Promise<MethodFigures[]> {
  const figures: MethodFigures[] = [];
  for (const view of VIEWS) {
    const agreements: Agreement[] = [];
    for (const source of sources)
      agreements.push(agreement(source, await culpritClusters(source, view)));
    figures.push({ method: 'Culprit', view, sources: agreements });
  }
  return figures;
}

function tfidfFigures(sources: readonly SourceFailures[]): MethodFigures[] {
  return TEXT_VIEWS.map((view) => ({
    method: 'TF-IDF',
    view,
    sources: sources.map((source) => {
      const texts = source.failures.map((row) => textOf(row, view));
      return meanAgreement(SEEDS.map((seed) => agreement(source, tfidfClusters(texts, seed))));
    }),
  }));
}

function manualFigures(sources: readonly SourceFailures[]): ManualFigures | null {
  if (flags.python === undefined) return recordedManual(sources);
  return measureManual(sources, flags.python, new Date().toISOString().slice(0, 10));
}
