import type { Analysis } from '../../../contract/analysis.ts';
import type { AnalyzedFailure } from '../../../contract/analyzed-failure.ts';
import type { Cluster } from '../../../contract/cluster.ts';
import { resolveOptions } from '../../../contract/options.ts';
import type { ReportData, ReportTrace } from '../../../contract/report.ts';
import { noFileModel } from '../../../detect/file/no-file-model.ts';
import { wilson } from '../../../numeric/statistics/wilson.ts';
import { coverage, failingShares, fixFirst, whatChanged } from '../../../text/headline.ts';
import { packed } from '../../../text/packed.ts';
import { CAUSES, type Cause, makeEvidence } from './causes.ts';
import { makeLevels } from './make-levels.ts';
import { makePair } from './make-pair.ts';
import { makeTrace } from './make-trace.ts';
import {
  makePassing,
  makePopulation,
  makeTraffic,
  SPAN,
  START,
  versionAt,
} from './make-traffic.ts';
import { createRandom, type Random } from './random.ts';
import type { ReportShape } from './report-shape.ts';

const EXEMPLARS = 8;
const PAIRS = 4;
const NOISE_SHARE = 0.1;
const WEIGHT = 2.5;

/** A synthetic report about a support agent, for development and tests. Same shape, same bytes. */
export function makeReport(shape: ReportShape = {}): ReportData {
  const { failures: total = 412, clusters: wanted = CAUSES.length, seed = 1 } = shape;
  const random = createRandom(seed);
  const causes = causesOf(wanted);
  const members = Array.from({ length: total }, () => chooseCause(causes, random));
  const used = causes
    .map((cause, i) => ({ cause, size: members.filter((m) => m === i).length, source: i }))
    .filter(({ size }) => size > 0);
  const failures = members.map((source, n) => makeFailure(n, source, causes, random, shape));
  used.sort((a, b) => b.size * b.cause.category.severity - a.size * a.cause.category.severity);
  const clusters = used.map(({ cause, size, source }, k) =>
    makeCluster(cause, k, size, total, failures, `c-${source + 1}`, shape),
  );
  const shown = [
    ...clusters.flatMap((cluster) => cluster.exemplars),
    ...failures
      .filter((failure) => failure.cluster === null)
      .slice(0, 5)
      .map((f) => f.traceId),
  ];
  const byId = new Map(failures.map((failure, n) => [failure.traceId, { failure, n }]));
  const traces = shown.map((id): ReportTrace => {
    const { failure, n } = byId.get(id) ?? { failure: null, n: 0 };
    const cause = causes[members[n] ?? -1] ?? CAUSES[n % CAUSES.length];
    if (failure === null || cause === undefined) throw new RangeError(`no failure ${id}`);
    return makeTrace(failure, cause, n, shape);
  });
  const pairs = clusters.flatMap((cluster) => {
    const cause = CAUSES.find(({ category }) => category.id === cluster.category);
    const beside = new Set(cluster.exemplars.slice(0, PAIRS));
    return traces
      .filter(({ id }) => beside.has(id))
      .flatMap((trace) =>
        cause === undefined ? [] : [makePair(cluster.id, cause, trace, shape.payload ?? '')],
      );
  });
  const all = [...traces, ...pairs.map(({ passing }) => passing)];
  return {
    analysis: makeAnalysis(clusters, failures, shape),
    categories: CAUSES.map((cause) => cause.category),
    traces: all,
    pairs: pairs.map(({ pair }) => pair),
    population: makePopulation(failures),
    passing: makePassing(Math.min(300, total), random, shape.payload ?? ''),
    traceUrl: shape.traceUrl ?? null,
    archive: packed({
      texts: failures.map(({ input }, n) => `${input} ticket-${n}`.toLowerCase()),
      raw: all.map((trace) => JSON.stringify(trace)),
    }),
  };
}

function causesOf(wanted: number): Cause[] {
  return Array.from({ length: wanted }, (_, i) => {
    const cause = CAUSES[i % CAUSES.length];
    if (cause === undefined) throw new RangeError('no causes');
    const round = Math.floor(i / CAUSES.length);
    return round === 0
      ? cause
      : { ...cause, title: `${cause.title} (${round + 1})`, share: cause.share / (round + 2) };
  });
}

function chooseCause(causes: readonly Cause[], random: Random): number {
  const whole = causes.reduce((sum, cause) => sum + cause.share, 0);
  let left = random.next() * (whole / (1 - NOISE_SHARE));
  return causes.findIndex((cause) => {
    left -= cause.share;
    return left < 0;
  });
}

function makeFailure(
  n: number,
  source: number,
  causes: readonly Cause[],
  random: Random,
  shape: ReportShape,
): AnalyzedFailure {
  const cause = causes[source];
  const like = cause ?? random.pick(CAUSES);
  const angle = source * 2.4;
  const radius = cause === undefined ? 3 : 2 + Math.sqrt(source) * 2.4;
  const spread = cause === undefined ? 4.5 : 0.45 + 0.9 * Math.sqrt(like.share);
  const startTime =
    START + Math.floor(SPAN * (source === 4 ? 0.5 + random.next() / 2 : random.next()));
  const input = `${random.pick(like.ask)}${shape.payload ?? ''}`.slice(0, 200);
  return {
    traceId: `trace-${(0x9e3779b1 * (n + 1)).toString(16).slice(-8)}-${n}`,
    failed: shape.all !== true || n % 3 === 0,
    shown: null,
    cluster: cause === undefined ? null : `c-${source + 1}`,
    noise: cause === undefined ? random.pick(NOISE_REASONS) : null,
    category: cause?.category.id ?? null,
    categories: [like.detector, ...(random.next() < 0.3 ? ['negative_feedback'] : [])],
    alsoMeets: [],
    membership: cause === undefined ? 0 : round(1 - random.next() ** 2 * 0.6),
    weight: WEIGHT,
    position: [
      round(Math.cos(angle) * radius + random.normal() * spread),
      round(Math.sin(angle) * radius + random.normal() * spread * 0.8),
    ],
    rootSpanId: null,
    input,
    tenant: random.next() < (source === 0 ? 0.7 : 0.4) ? 'northwind' : 'fabrikam',
    promptVersion: versionAt(startTime),
    release: null,
    model: 'gpt-4.1-mini',
    startTime,
    signals: [
      {
        detector: like.detector,
        verdict: 'yes',
        category: like.category.id,
        confidence: 1,
        spanId: null,
        tier: 'proven',
        cause: [like.tool],
        statement: { template: like.title, slots: [] },
        evidence: [makeEvidence(like, n)],
      },
    ],
  };
}

const NOISE_REASONS = ['too few similar failures', 'between clusters'] as const;

function makeCluster(
  cause: Cause,
  k: number,
  size: number,
  total: number,
  failures: readonly AnalyzedFailure[],
  id: string,
  shape: ReportShape,
): Cluster {
  const share = size / total;
  const members = failures.flatMap((failure, n) =>
    failure.cluster === id ? [{ failure, n }] : [],
  );
  const exemplars = members.slice(0, EXEMPLARS);
  const shareInterval = wilson(size / total, total);
  return {
    id,
    failedShare: shape.all === true ? 1 / 3 : null,
    failedShareInterval: shape.all === true ? [0.28, 0.39] : null,
    condition: null,
    state: null,
    meets: null,
    toSettle: null,
    returns: null,
    leftover: null,
    rank: k + 1,
    title: `${cause.title}${shape.payload ?? ''}`,
    category: cause.category.id,
    layer: cause.category.layer,
    usualLayer: cause.category.layer,
    why: [],
    size,
    population: size * WEIGHT,
    share,
    shareInterval,
    ratePerThousand: share * 257,
    rateInterval: [shareInterval[0] * 257, shareInterval[1] * 257],
    severity: shape.all === true ? null : cause.category.severity,
    fixCost: shape.all === true ? null : cause.category.fixCost,
    priority: round(share * 257 * cause.category.severity),
    topThreeProbability: Math.max(0, 1 - k * k * 0.07),
    cause: k % 2 === 0 ? [cause.tool] : null,
    reasons: cause.reasons,
    terms: cause.terms.map((term, i) => ({
      term: `${term}${shape.payload ?? ''}`,
      score: round(6.2 / (i + 1.4)),
    })),
    exemplars: exemplars.map(({ failure }) => failure.traceId),
    evidence: exemplars.map(({ failure, n }) => ({
      ...makeEvidence(cause, n),
      traceId: failure.traceId,
      shown: makeEvidence(cause, n).quote,
    })),
    quality: {
      persistence: k === 3 ? null : round(0.62 - k * 0.09),
      membership: round(0.94 - k * 0.04),
      silhouette: round(0.58 - k * 0.11),
      stability: round(0.96 - k * 0.1),
      nearest: k === 0 ? null : 'c-1',
    },
    contrasts: [
      {
        tool: 'list_orders',
        event: 'called',
        failing: { count: 0, of: size },
        passing: { count: 29, of: 50 },
        p: 1e-9,
        sentence: 'No failing trace calls `list_orders`; 58% of similar passing traces do',
      },
    ],
    firstSeen: START,
    lastSeen: START + SPAN,
    trend: null,
    breakdowns: [
      {
        dimension: 'tenant',
        values: ['fabrikam', 'northwind'].map((value, i) => ({
          value,
          failures: size,
          traces: 4 * total,
          ratePerThousand: 40 + 9 * i,
          rateInterval: [30, 60 + 9 * i] as const,
          lift: 1,
          standing: 'same' as const,
          q: 0.7,
        })),
        changes: [],
      },
    ],
    badges:
      k === 4
        ? [{ kind: 'only in', dimension: 'promptVersion', value: 'v2', text: 'only in v2' }]
        : [],
  };
}

function makeAnalysis(
  clusters: readonly Cluster[],
  failures: readonly AnalyzedFailure[],
  shape: ReportShape,
): Analysis {
  const { checks: _, redactSalt: __, ...options } = resolveOptions({});
  const n = failures.length;
  const [first] = clusters;
  const failed = n * WEIGHT;
  const clustered = failures.filter((failure) => failure.cluster !== null).length;
  const embedded = shape.embedded === false ? 0 : n;
  return {
    version: 3,
    toolVersion: '0.1.0',
    command: { files: ['traces.jsonl'], flags: [] },
    failedCount: failed,
    files: [
      {
        name: 'support-agent.otlp.jsonl',
        formats: ['otlp-json'],
        bytes: 18_400_000,
        records: failed * 6,
        broken: 3,
        traces: failed * 4 + 12,
        modelCalls: failed * 9,
        toolCalls: failed * 7,
        documents: failed * 2,
        scores: failed,
        errors: 31,
      },
    ],
    problems: [
      {
        file: 'support-agent.otlp.jsonl',
        line: 1204,
        code: 'broken_json',
        message: `the line ends inside a string${shape.payload ?? ''}`,
      },
    ],
    problemCount: 3,
    remarks: [],
    remarkCount: 0,
    recorders: [],
    headline: {
      fix:
        first === undefined
          ? null
          : fixFirst({
              title: first.title,
              failures: first.population,
              failed,
              interval: first.shareInterval,
            }),
      change: n === 0 ? null : whatChanged({ from: 'v1', to: 'v2' }, [{ state: 'new' }]),
      rates:
        n === 0 ? null : failingShares({ value: 'v2', share: 0.27 }, { value: 'v1', share: 0.24 }),
      tenants: null,
      coverage: coverage({ traces: failed * 4 + 12, failed, sampled: n, known: clustered }),
    },
    traffic: makeTraffic(failures),
    funnel: [
      { name: 'received', count: failed * 4 + 12, dropped: [] },
      {
        name: 'eligible',
        count: failed * 4,
        dropped: [
          { reason: 'no input recorded', count: 9 },
          { reason: 'redacted', count: 3 },
        ],
      },
      {
        name: 'failed',
        count: failed,
        dropped: [{ reason: 'no sign of failure', count: failed * 3 }],
      },
      {
        name: 'sampled',
        count: n,
        dropped: [{ reason: 'beyond the sample size', count: failed - n }],
      },
      {
        name: 'embedded',
        count: embedded,
        dropped: embedded === n ? [] : [{ reason: 'no text in this view', count: n }],
      },
      {
        name: 'clustered',
        count: clustered,
        dropped: NOISE_REASONS.map((reason) => ({
          reason,
          count: failures.filter((failure) => failure.noise === reason).length,
        })),
      },
      { name: 'labeled', count: clustered, dropped: [] },
    ],
    gaps: [
      { kind: 'no_output', count: 12 },
      { kind: 'orphan_span', count: 4 },
    ],
    detectors: CAUSES.map((cause, i) => ({
      id: cause.detector,
      yes: failures.filter((failure) => failure.categories.includes(cause.detector)).length,
      no: failed * 3 - i,
      unknown: i * 11,
      unverified: 0,
      errors: 0,
      firstError: null,
      precision: null,
      openData: null,
    })),
    suspects: { count: 0, byCategory: [] },
    rules: [],
    measures: [],
    outcomes: { judged: 0, failed: 0 },
    judging: null,
    facts: { traces: failed * 3, norms: [], model: noFileModel },
    options: {
      ...options,
      all: shape.all ?? false,
      view: 'brief',
      embedder: 'lexical',
      minClusterSize: 8,
      scores: ['groundedness<0.7'],
      policy: null,
    },
    formula: 'priority = failures per 1,000 traces × severity',
    clusters,
    ...makeLevels(clusters, failures, shape),
    failures,
  };
}

const round = (value: number): number => Math.round(value * 10_000) / 10_000;
