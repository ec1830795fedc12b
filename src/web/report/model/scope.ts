import type { Dimension } from '../../../contract/dimension.ts';

/** What failures can be chosen by: a dimension of the traffic, or the id of a detector that said yes. */
export type FacetName = Dimension | 'signal';

/** The words for each facet; a table, so that none can be forgotten. */
export const FACET_LABELS: Readonly<Record<FacetName, string>> = {
  promptVersion: 'version',
  release: 'release',
  model: 'model',
  tenant: 'tenant',
  signal: 'signal',
};

export const FACETS = Object.keys(FACET_LABELS) as readonly FacetName[];
export const DIMENSIONS = FACETS.filter((name) => name !== 'signal');

/** The part of the data that the page shows. Null means all; an empty string stands for failures without the value. */
export interface Scope extends Readonly<Record<FacetName, string | null>> {
  /** First and last moment, in milliseconds since 1970. */
  readonly from: number | null;
  readonly to: number | null;
  /** Words that must all occur. */
  readonly query: string;
  /** Corners of an area drawn on the map: x, y, x, y, … */
  readonly area: readonly number[] | null;
}

export const EVERYTHING: Scope = {
  promptVersion: null,
  release: null,
  model: null,
  tenant: null,
  signal: null,
  from: null,
  to: null,
  query: '',
  area: null,
};

export const isNarrow = (scope: Scope): boolean => encodeScope(scope) !== '';

/** Whether the scope picks failures by what they say or where they lie, so that no number of traces belongs to it. */
export const picksFailures = ({ query, area, signal }: Scope): boolean =>
  query.trim() !== '' || area !== null || signal !== null;

/** As the part of an address after `?`, empty for everything: `promptVersion=support-v4&q=refund`. */
export function encodeScope(scope: Scope): string {
  const parts = new URLSearchParams();
  for (const name of FACETS) {
    const value = scope[name];
    if (value !== null) parts.set(name, value);
  }
  if (scope.from !== null) parts.set('from', new Date(scope.from).toISOString());
  if (scope.to !== null) parts.set('to', new Date(scope.to).toISOString());
  if (scope.query.trim() !== '') parts.set('q', scope.query);
  if (scope.area !== null)
    parts.set('area', scope.area.map((corner) => corner.toFixed(3)).join('_'));
  return parts.toString();
}

/** Ignores what it cannot read, so that an edited address still shows something. */
export function parseScope(parts: URLSearchParams): Scope {
  return {
    ...EVERYTHING,
    ...Object.fromEntries(FACETS.map((name) => [name, parts.get(name)])),
    from: moment(parts.get('from')),
    to: moment(parts.get('to')),
    query: parts.get('q') ?? '',
    area: corners(parts.get('area')),
  };
}

/** The range of ECMAScript dates. */
const LAST_MOMENT = 8.64e15;

function moment(text: string | null): number | null {
  const value = text === null ? Number.NaN : Date.parse(text);
  return Math.abs(value) <= LAST_MOMENT ? value : null;
}

const MOST_CORNERS = 64;

function corners(text: string | null): readonly number[] | null {
  const values = (text ?? '').split('_', 2 * MOST_CORNERS).map((part) => Number.parseFloat(part));
  const whole = values.slice(0, values.length - (values.length % 2));
  return whole.length >= 6 && whole.every((value) => Math.abs(value) < 1e6) ? whole : null;
}

/** A drawn path with few corners, so that it fits into an address. */
export function fewCorners(path: readonly number[]): readonly number[] {
  const count = path.length / 2;
  const step = Math.max(1, Math.ceil(count / MOST_CORNERS));
  const kept = Array.from({ length: Math.floor((count - 1) / step) + 1 }, (_, i) => i * step);
  return kept.flatMap((i) => [path[2 * i] ?? 0, path[2 * i + 1] ?? 0]);
}
