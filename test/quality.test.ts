import { describe, expect, test } from 'vitest';
import { countEvidence, detectAll, tallyFailed, tallyLabel, truth } from '../bench/detection.ts';
import { type BenchTrace, readOpenBench } from '../bench/open-bench.ts';
import {
  type Agreement,
  agreement,
  bySource,
  culpritClusters,
  mean,
} from '../bench/quality-clusters.ts';
import { fillFigures } from '../bench/quality-document.ts';
import { tfidfClusters } from '../bench/quality-tfidf.ts';
import { resolveOptions } from '../src/contract/options.ts';

const bench = await readOpenBench();
if (bench === null) console.warn('skipped: ../shared/bench/open.tgz is not there');

/** Minimum F1 on the check half: the measured value minus 0.03. */
const LABELS: readonly [source: string, label: string, least: number][] = [
  ['agentdojo', 'missing_tool_call', 0.58],
  ['agentdojo', 'refusal_under_trigger', 0.85],
  ['bfcl', 'hallucinated_entity', 0.93],
  ['bfcl', 'missing_tool_call', 0.76],
  ['bfcl', 'schema_violation', 0.79],
  ['bfcl', 'tool_argument_mismatch', 0.66],
  ['bfcl', 'tool_call_count', 0.52],
  ['bfcl', 'tool_wrong_tool', 0.66],
  ['financebench', 'retrieval_miss', 0.69],
  ['xstest', 'refusal_over_trigger', 0.7],
  ['xstest', 'refusal_under_trigger', 0.69],
];
const LEAST_ROOT_CAUSE = 0.31;
const LEAST_FAILED = 0.71;

describe.skipIf(bench === null)('on the check half of the open bench', () => {
  const check = detectAll((bench ?? []).filter(({ half }) => half === 'check'));

  test('every signal quotes evidence, and every quote is verbatim in its trace', () => {
    const { signals, backed, claims, holding } = countEvidence(check);
    expect(signals).toBeGreaterThan(2000);
    expect(backed).toBe(signals);
    expect(holding).toBe(claims);
  });

  test('failure detection is at least as good as recorded', () => {
    expect(tallyFailed(check).f1).toBeGreaterThanOrEqual(LEAST_FAILED);
  });

  test.each(LABELS)('%s: %s keeps an F1 of %d', (source, label, least) => {
    const rows = check.filter((row) => row.source === source);
    expect(rows.filter((row) => truth(row).includes(label)).length).toBeGreaterThanOrEqual(40);
    expect(tallyLabel(rows, label).f1).toBeGreaterThanOrEqual(least);
  });

  test('default clusters agree with the root causes at least as well as recorded', async () => {
    const agreements: Agreement[] = [];
    for (const source of bySource(check))
      agreements.push(agreement(source, await culpritClusters(source, resolveOptions({}).view)));
    const rootCause = agreements
      .map((source) => source.rootCause)
      .filter((value) => value !== null);
    expect(rootCause.length).toBe(7);
    expect(mean(rootCause)).toBeGreaterThanOrEqual(LEAST_ROOT_CAUSE);
  });
});

describe('agreement with the truth', () => {
  const row = (rootCause: string): BenchTrace => ({
    trace: {} as BenchTrace['trace'],
    line: '',
    source: 's',
    half: 'check',
    failed: true,
    reviewed: true,
    labels: [],
    primary: 'one class',
    rootCause,
    detail: {},
  });

  test('counts each noise trace as a cluster of its own; one class has no agreement', () => {
    const failures = ['a', 'a', 'a', 'b', 'b', 'b'].map(row);
    const found = agreement({ source: 's', failures }, ['x', 'x', null, 'y', 'y', null]);
    expect(found.primary).toBeNull();
    // scikit-learn 1.9.1: adjusted_mutual_info_score([0,0,0,1,1,1], [0,0,1,2,2,3])
    expect(found.rootCause).toBeCloseTo(0.4655775706, 9);
  });
});

describe('the TF-IDF baseline', () => {
  test('groups texts with the same vocabulary', () => {
    const of = (words: readonly string[]): string[] =>
      Array.from({ length: 8 }, (_, row) => words.filter((_, at) => (at + row) % 4 > 0).join(' '));
    const invoices = of(['invoice', 'amount', 'paid', 'tax', 'total', 'due']);
    const flights = of(['flight', 'seat', 'airport', 'gate', 'luggage', 'delay']);
    const labels = tfidfClusters([...invoices, ...flights], 1);
    const first = new Set(labels.slice(0, 8));
    expect(labels.slice(8).filter((label) => first.has(label))).toEqual([]);
  });
});

describe('the document', () => {
  const place = (inside: string): string =>
    `before\n<!-- figures: rates -->\n${inside}\n<!-- /figures -->\nafter`;

  test('gets new figures and keeps the prose; a second run changes nothing', () => {
    const once = fillFigures(place('old'), { rates: '$1 new' });
    expect(once).toBe(place('\n$1 new\n'));
    expect(fillFigures(once, { rates: '$1 new' })).toBe(once);
  });

  test('has a place for every figure and a figure for every place', () => {
    expect(() => fillFigures(place(''), {})).toThrow('rates');
    expect(() => fillFigures('no place', { rates: 'x' })).toThrow('rates');
  });
});
