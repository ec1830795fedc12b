import { day } from '../../../text/moments.ts';
import { clusterColor, NOISE_COLOR, type Scheme } from '../../parts/palette.ts';
import { NOT_RECORDED } from './facets.ts';
import type { ReportModel } from './report-model.ts';
import { FACET_LABELS, FACETS, type FacetName } from './scope.ts';

/** What the points of the map may be colored by. */
export type ColorBy = FacetName | 'cause' | 'time';
const COLOR_BY: readonly ColorBy[] = ['cause', ...FACETS, 'time'];

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
export function colorings(model: ReportModel): ColorBy[] {
  return COLOR_BY.filter((by) => by === 'cause' || new Set(valuesBy(model, by)).size > 1);
}

/** Colors of all points; passing traces have the color of no cause, and that of their value otherwise. */
export function mapColors(model: ReportModel, by: ColorBy, scheme: Scheme): MapColors {
  return by === 'cause' ? causeColors(model, scheme) : valueColors(model, by, scheme);
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

function valueColors(model: ReportModel, by: Exclude<ColorBy, 'cause'>, scheme: Scheme): MapColors {
  const values = valuesBy(model, by);
  const counts = new Map<string, number>();
  values.slice(0, model.failures.length).forEach((value) => {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  });
  const order =
    by === 'time'
      ? [...counts.keys()].sort((a, b) => Number(a) - Number(b))
      : [...counts.keys()].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
  const shown = order.slice(0, MOST_VALUES);
  const position = new Map(shown.map((value, at) => [value, at]));
  const rest = order.slice(MOST_VALUES).reduce((sum, value) => sum + (counts.get(value) ?? 0), 0);
  const entries: MapColor[] = shown.map((value, at) => ({
    label: labelOf(model, by, value),
    value,
    color: by === 'time' ? timeColor(at, shown.length, scheme) : clusterColor(at, scheme),
    failures: counts.get(value) ?? 0,
  }));
  entries.push({ label: 'others', value: '', color: NOISE_COLOR[scheme], failures: rest });
  return {
    entries,
    colorOf: Uint16Array.from(values, (value) => position.get(value) ?? shown.length),
  };
}

/** The value of each failure and each passing trace. */
function valuesBy(model: ReportModel, by: Exclude<ColorBy, 'cause'>): string[] {
  const all = [...model.failures, ...model.passing];
  if (by === 'signal')
    return [
      ...model.failures.map(({ signals }) => signals[0]?.detector ?? ''),
      ...model.passing.map(() => ''),
    ];
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

function labelOf(model: ReportModel, by: ColorBy, value: string): string {
  if (value === '') return NOT_RECORDED;
  const { buckets } = model.analysis.traffic;
  if (by !== 'time' || buckets === null) return value;
  const step = (buckets.width * buckets.traces.length) / TIME_STEPS;
  return `from ${day(buckets.start + Number(value) * step)}`;
}

/** Early is pale, late is strong; in the dark the other way around. */
function timeColor(at: number, of: number, scheme: Scheme): string {
  const [from, to] = scheme === 'light' ? TIME_RAMP.light : TIME_RAMP.dark;
  const part = of < 2 ? 1 : at / (of - 1);
  const mix = (k: 0 | 1 | 2): number => Math.round(from[k] + (to[k] - from[k]) * part);
  return `#${([0, 1, 2] as const).map((k) => mix(k).toString(16).padStart(2, '0')).join('')}`;
}

type Rgb = readonly [number, number, number];
const TIME_RAMP: Readonly<Record<Scheme, readonly [Rgb, Rgb]>> = {
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
  by === 'cause' || by === 'time' ? by : FACET_LABELS[by];
