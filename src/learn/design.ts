import { principalComponentAnalysis } from '../numeric/numeric.ts';
import type { LearnRow } from './learn-row.ts';

/** A column made of a figure. */
interface FigureColumn {
  readonly name: string;
  readonly mean: number;
  readonly scale: number;
}

/** Rows as numbers, columns centered and scaled: figures first, then vectors along their principal axes. */
export interface Design {
  readonly values: Float64Array;
  readonly columns: number;
  readonly figures: readonly FigureColumn[];
  readonly vectors: VectorColumns | null;
}

interface VectorColumns {
  readonly mean: Float32Array;
  /** components × dimensions, each divided by the scale of its column. */
  readonly axes: Float64Array;
  readonly components: number;
}

/** Rows in which a figure must differ from its usual value. */
const LEAST_ROWS = 3;
/** Least scale of a column, so that a rare flag does not weigh like a common one. */
const LEAST_SCALE = 0.1;
const COMPONENTS = 24;

/** Reads no label. */
export function designOf(rows: readonly LearnRow[], withVectors: boolean): Design {
  const figures = figureColumns(rows);
  const vectors = withVectors ? vectorColumns(rows) : null;
  const columns = figures.length + (vectors?.components ?? 0);
  const values = new Float64Array(rows.length * columns);
  for (const [row, { figures: of, vector }] of rows.entries()) {
    const at = row * columns;
    for (const [column, { name, mean, scale }] of figures.entries())
      values[at + column] = (figureIn(of, name, mean) - mean) / scale;
    if (vectors !== null) project(vector!, vectors, values, at + figures.length);
  }
  return { values, columns, figures, vectors };
}

/** Flags and findings (`detector:…`) are 0 where there are none; a measure that is missing counts as the mean. */
export const figureIn = (figures: LearnRow['figures'], name: string, mean: number): number =>
  figures[name] ?? (name.includes(':') || name.endsWith(MISSING) ? missing(figures, name) : mean);

/** Suffix of the column that says that a measure is missing. */
const MISSING = ' missing';

function missing(figures: LearnRow['figures'], name: string): number {
  return name.endsWith(MISSING) ? Number(figures[name.slice(0, -MISSING.length)] === undefined) : 0;
}

function figureColumns(rows: readonly LearnRow[]): FigureColumn[] {
  const names = [...new Set(rows.flatMap(({ figures }) => Object.keys(figures)))].sort();
  const candidates = names.flatMap((name) =>
    !name.includes(':') && rows.some(({ figures }) => figures[name] === undefined)
      ? [name, `${name}${MISSING}`]
      : [name],
  );
  const found: FigureColumn[] = [];
  const seen = new Set<string>();
  for (const name of candidates) {
    const known = rows.map(({ figures }) => figures[name]).filter((value) => value !== undefined);
    const filled = rows.map(({ figures }) =>
      figureIn(figures, name, known.reduce((sum, value) => sum + value, 0) / known.length),
    );
    const mean = filled.reduce((sum, value) => sum + value, 0) / rows.length;
    const usual = mode(filled);
    if (filled.filter((value) => value !== usual).length < LEAST_ROWS) continue;
    const key = filled.join();
    if (seen.has(key)) continue;
    seen.add(key);
    const deviation = Math.sqrt(
      filled.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rows.length,
    );
    found.push({ name, mean, scale: Math.max(deviation, LEAST_SCALE) });
  }
  return found;
}

function mode(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best = 0;
  let most = 0;
  for (const [value, count] of counts)
    if (count > most) {
      best = value;
      most = count;
    }
  return best;
}

function vectorColumns(rows: readonly LearnRow[]): VectorColumns | null {
  const dimensions = rows[0]?.vector?.length ?? 0;
  if (dimensions === 0) return null;
  const points = new Float32Array(rows.length * dimensions);
  for (const [row, { vector }] of rows.entries()) points.set(vector!, row * dimensions);
  const components = Math.min(COMPONENTS, rows.length - 1, dimensions);
  const { axes, mean, variances } = principalComponentAnalysis(points, {
    dimensions,
    components,
    seed: 0,
  });
  const scale = Math.sqrt(variances[0] || 1);
  return { mean, axes: Float64Array.from(axes, (value) => value / scale), components };
}

function project(
  vector: Float32Array,
  { mean, axes, components }: VectorColumns,
  into: Float64Array,
  at: number,
): void {
  for (let component = 0; component < components; component++) {
    let sum = 0;
    for (let j = 0; j < vector.length; j++)
      sum += (vector[j]! - mean[j]!) * axes[component * vector.length + j]!;
    into[at + component] = sum;
  }
}
