import { day } from '../../../text/moments.ts';
import { clusterColor, NOISE_COLOR, type Scheme } from '../../parts/palette.ts';
import { NOT_RECORDED } from './facets.ts';
import type { ReportModel } from './report-model.ts';
import { FACET_LABELS, FACETS, type FacetName } from './scope.ts';
import { type Scores, scoreSteps } from './score-steps.ts';

/** What the points of the map may be colored by. */
export type ColorBy = FacetName | 'cause' | 'time' | `${typeof SCORE}${string}`;
const COLOR_BY = ['cause', ...FACETS, 'time'] as const;
const SCORE = 'score: ';

/** One color of the map and what it stands for. */
export interface MapColor {
  readonly label: string;
  /** A value of the facet, a position of a cause, or a bucket of time. */
  readonly value: string;
  readonly color: string;
  readonly failures: number;
}

export interface MapColors {
  readonly entries: readonly MapColor[];
  /** Position in `entries` per failure and passing trace. */
  readonly colorOf: Uint16Array<ArrayBuffer>;
}

const MOST_VALUES = 9;
const TIME_STEPS = 6;

/** The ways of coloring that tell some points apart. */
export function colorings(model: ReportModel, scores: Scores = {}): ColorBy[] {
  const all: readonly ColorBy[] = [
    ...COLOR_BY,
    ...Object.keys(scores).map((name) => `${SCORE}${name}` as const),
  ];
  return all.filter((by) => by === 'cause' || new Set(valuesBy(model, by, scores)).size > 1);
}

/** Whether the values have an order, and no value of the filter belongs to them. */
export const isOrdered = (by: ColorBy): by is Exclude<ColorBy, FacetName | 'cause'> =>
  by === 'time' || by.startsWith(SCORE);

/** Colors of all points; passing traces have the color of no cause, and that of their value otherwise. */
export function mapColors(
  model: ReportModel,
  by: ColorBy,
  scheme: Scheme,
  scores: Scores = {},
): MapColors {
  return by === 'cause' ? causeColors(model, scheme) : valueColors(model, by, scheme, scores);
}

function causeColors(model: ReportModel, scheme: Scheme): MapColors {
  const none = model.clusters.length;
  const entries: MapColor[] = [
    ...model.clusters.map(({ title }, at) => ({
      label: title,
      value: String(at),
      color: clusterColor(at, scheme),
      failures: model.members[at]?.length ?? 0,
    })),
    {
      label: 'alike to no other',
      value: '-1',
      color: NOISE_COLOR[scheme],
      failures: model.noise.length,
    },
  ];
  const colorOf = new Uint16Array(model.failures.length + model.passing.length).fill(none);
  model.clusterOf.forEach((cluster, i) => {
    if (cluster >= 0) colorOf[i] = cluster;
  });
  return { entries: entries.filter(({ failures }, at) => failures > 0 || at === none), colorOf };
}

function valueColors(
  model: ReportModel,
  by: Exclude<ColorBy, 'cause'>,
  scheme: Scheme,
  scores: Scores,
): MapColors {
  const values = valuesBy(model, by, scores);
  const counts = new Map<string, number>();
  values.slice(0, model.failures.length).forEach((value) => {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  });
  // What has no value comes last.
  const rankOf = (value: string): number =>
    value === '' ? Number.POSITIVE_INFINITY : Number(value);
  const order = isOrdered(by)
    ? [...counts.keys()].sort((a, b) => rankOf(a) - rankOf(b))
    : [...counts.keys()].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
  const shown = order.slice(0, MOST_VALUES);
  const position = new Map(shown.map((value, at) => [value, at]));
  const rest = order.slice(MOST_VALUES).reduce((sum, value) => sum + (counts.get(value) ?? 0), 0);
  const entries: MapColor[] = shown.map((value, at) => ({
    label: labelOf(model, by, value, scores),
    value,
    color: !isOrdered(by)
      ? clusterColor(at, scheme)
      : value === ''
        ? NOISE_COLOR[scheme]
        : rampColor(at, shown.length, scheme),
    failures: counts.get(value) ?? 0,
  }));
  entries.push({ label: 'others', value: '', color: NOISE_COLOR[scheme], failures: rest });
  return {
    entries,
    colorOf: Uint16Array.from(values, (value) => position.get(value) ?? shown.length),
  };
}

/** The value of each failure and each passing trace. */
function valuesBy(model: ReportModel, by: Exclude<ColorBy, 'cause'>, scores: Scores): string[] {
  const all = [...model.failures, ...model.passing];
  if (by === 'signal')
    return [
      ...model.failures.map(({ signals }) => signals[0]?.detector ?? ''),
      ...model.passing.map(() => ''),
    ];
  if (isScore(by)) {
    const values = scores[by.slice(SCORE.length)] ?? [];
    const steps = scoreSteps(values);
    return all.map((_, i) => steps.of(values[i] ?? null));
  }
  if (by !== 'time') return all.map((trace) => trace[by] ?? '');
  const { buckets } = model.analysis.traffic;
  if (buckets === null) return all.map(() => '');
  const whole = buckets.width * buckets.traces.length;
  return all.map(({ startTime }) => {
    if (startTime === null) return '';
    const part = Math.floor((TIME_STEPS * (startTime - buckets.start)) / whole);
    return String(Math.min(TIME_STEPS - 1, Math.max(0, part)));
  });
}

const isScore = (by: ColorBy): by is `${typeof SCORE}${string}` => by.startsWith(SCORE);

function labelOf(model: ReportModel, by: ColorBy, value: string, scores: Scores): string {
  if (value === '') return NOT_RECORDED;
  if (isScore(by)) return scoreSteps(scores[by.slice(SCORE.length)] ?? []).label(value);
  const { buckets } = model.analysis.traffic;
  if (by !== 'time' || buckets === null) return value;
  const step = (buckets.width * buckets.traces.length) / TIME_STEPS;
  return `from ${day(buckets.start + Number(value) * step)}`;
}

/** Early and low are pale, late and high are strong; in the dark the other way around. */
function rampColor(at: number, of: number, scheme: Scheme): string {
  const [from, to] = scheme === 'light' ? RAMP.light : RAMP.dark;
  const part = of < 2 ? 1 : at / (of - 1);
  const mix = (k: 0 | 1 | 2): number => Math.round(from[k] + (to[k] - from[k]) * part);
  return `#${([0, 1, 2] as const).map((k) => mix(k).toString(16).padStart(2, '0')).join('')}`;
}

type Rgb = readonly [number, number, number];
const RAMP: Readonly<Record<Scheme, readonly [Rgb, Rgb]>> = {
  light: [
    [196, 196, 224],
    [30, 44, 130],
  ],
  dark: [
    [58, 62, 96],
    [190, 204, 255],
  ],
};

export const colorByLabel = (by: ColorBy): string =>
  by === 'cause' || isOrdered(by) ? by : FACET_LABELS[by];
