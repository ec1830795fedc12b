import { DIM, HIDDEN, NORMAL, STRONG } from '../map/draw-list.ts';
import type { ReportModel } from './report-model.ts';

/** The state that determines how strongly each failure is drawn. */
export interface Focus {
  /** Cluster under the pointer in the legend. */
  readonly peek: number | null;
  /** The trace that the map was opened from; null for none. */
  readonly trace: number | null;
  /** 1 for failures of the scope; null for all. */
  readonly keep: Uint8Array | null;
  /** 1 for passing traces of the scope. */
  readonly keepPassing: Uint8Array;
}

/** Level per failure, then per passing trace: failures of the scope stand out, passing traces stay faint. */
export function emphasisOf(model: ReportModel, focus: Focus): Uint8Array {
  const { peek, trace, keep, keepPassing } = focus;
  const failures = model.failures.length;
  const levels = new Uint8Array(failures + model.passing.length).fill(DIM);
  for (let i = 0; i < failures; i += 1) {
    const isPeeked = peek === null || model.clusterOf[i] === peek;
    if (isPeeked && (keep === null || keep[i] === 1)) levels[i] = NORMAL;
  }
  for (let i = 0; i < model.passing.length; i += 1)
    if (keepPassing[i] !== 1) levels[failures + i] = HIDDEN;
  if (trace !== null) levels[trace] = STRONG;
  return levels;
}
