import { DIM, NORMAL, STRONG } from '../map/draw-list.ts';
import type { ReportModel } from './report-model.ts';
import type { Route } from './route.ts';

/** The state that determines how strongly each failure is drawn. */
export interface Focus {
  readonly route: Route;
  /** Cluster under the pointer in a list; it wins over the route. */
  readonly peek: number | null;
  readonly selection: readonly number[];
  /** 1 for failures the filter keeps; null without a filter. */
  readonly matches: Uint8Array | null;
}

/** Level per failure: open or selected failures stand out and the rest is dimmed; without either, all are equal. */
export function emphasisOf(model: ReportModel, focus: Focus): Uint8Array {
  const levels = byFocus(model, focus);
  const { matches } = focus;
  if (matches !== null) {
    levels.forEach((_, i) => {
      if (matches[i] !== 1) levels[i] = DIM;
    });
  }
  return levels;
}

function byFocus(model: ReportModel, focus: Focus): Uint8Array {
  const { route, peek, selection } = focus;
  const levels = new Uint8Array(model.failures.length).fill(NORMAL);
  const only = (members: readonly number[], level: number): Uint8Array => {
    levels.fill(DIM);
    for (const i of members) levels[i] = level;
    return levels;
  };
  if (peek !== null) return only(model.members[peek] ?? [], NORMAL);
  switch (route.kind) {
    case 'overview':
    case 'run':
      return levels;
    case 'noise':
      return only(model.noise, NORMAL);
    case 'selection':
      return selection.length === 0 ? levels : only(selection, STRONG);
    case 'cluster': {
      const at = model.clusterById.get(route.id);
      return at === undefined ? levels : only(model.members[at] ?? [], NORMAL);
    }
    case 'trace': {
      const at = model.failureById.get(route.id);
      if (at === undefined) return levels;
      if (focus.matches === null) only(model.members[model.clusterOf[at] ?? -1] ?? [], NORMAL);
      levels[at] = STRONG;
      return levels;
    }
  }
}
