import { type Assignment, assignRange } from '../kmeans/assign.ts';
import { type ForceField, forceRange } from '../tsne/forces.ts';
import { type LayoutPlan, layoutRange } from '../umap/layout.ts';

/** One piece of a kernel's work on rows `from` … `to` − 1: plain data whose large arrays are shared between workers. */
export type KernelTask =
  | {
      readonly kind: 'umap-layout';
      readonly plan: LayoutPlan;
      readonly epoch: number;
      readonly from: number;
      readonly to: number;
      readonly before: Float32Array;
      readonly after: Float32Array;
    }
  | {
      readonly kind: 'kmeans-assign';
      readonly points: Float32Array;
      readonly dim: number;
      readonly from: number;
      readonly to: number;
      readonly centroids: Float32Array;
      readonly k: number;
      readonly gaps: Float64Array;
      readonly drift: Float64Array;
      readonly assignment: Assignment;
    }
  | {
      readonly kind: 'tsne-forces';
      readonly field: ForceField;
      readonly from: number;
      readonly to: number;
    };

/** Does the work, writing to the task's arrays; returns what the kernel adds up over its tasks. */
export function runTask(task: KernelTask): number {
  switch (task.kind) {
    case 'umap-layout':
      layoutRange(task.plan, task.epoch, task.from, task.to, task.before, task.after);
      return 0;
    case 'kmeans-assign':
      return assignRange(
        task.points,
        task.dim,
        task.from,
        task.to,
        task.centroids,
        task.k,
        task.gaps,
        task.drift,
        task.assignment,
      );
    case 'tsne-forces':
      forceRange(task.field, task.from, task.to);
      return 0;
  }
}
