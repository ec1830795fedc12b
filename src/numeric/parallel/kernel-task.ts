import type { EqualRows } from '../array/equal-rows.ts';
import type { NeighborHeap } from '../array/neighbor-heap.ts';
import type { SortedRows } from '../array/sorted-rows.ts';
import { assignRange, measureCandidates } from '../kmeans/assign.ts';
import { scanBlockPairs } from '../knn/block-pairs.ts';
import { gatherCandidates, settleFresh } from '../knn/descent-candidates.ts';
import { joinCandidates } from '../knn/descent-joins.ts';
import type { DescentPlan } from '../knn/descent-plan.ts';
import { plantTrees } from '../knn/descent-trees.ts';
import { measureRows } from '../knn/measure.ts';
import { foundNeighbors, type RecallSample } from '../knn/sampled-recall.ts';
import { type ForceField, forceRange } from '../tsne/forces.ts';
import { type LayoutPlan, layoutRange } from '../umap/layout.ts';
import type { PlacedCentroids } from '../wasm/placed-centroids.ts';
import type { SearchPoints } from '../wasm/search-layout.ts';

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
      readonly placed: PlacedCentroids;
      readonly isFirst: boolean;
      readonly part: number;
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly kind: 'kmeans-candidates';
      readonly placed: PlacedCentroids;
      readonly part: number;
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly kind: 'tsne-forces';
      readonly field: ForceField;
      readonly from: number;
      readonly to: number;
    }
  | NeighborTask;

/** `part` is the index of the task's own buffer for distances. */
type NeighborTask =
  | {
      readonly kind: 'neighbor-blocks';
      readonly points: SearchPoints;
      readonly candidates: SortedRows;
      readonly part: number;
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly kind: 'neighbor-trees' | 'neighbor-joins';
      readonly plan: DescentPlan;
      readonly part: number;
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly kind: 'neighbor-candidates';
      readonly plan: DescentPlan;
      readonly round: number;
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly kind: 'neighbor-settle';
      readonly plan: DescentPlan;
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly kind: 'neighbor-measure';
      readonly points: SearchPoints;
      readonly groups: EqualRows;
      readonly candidates: SortedRows;
      readonly heap: NeighborHeap;
      readonly isExact: boolean;
      readonly part: number;
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly kind: 'neighbor-recall';
      readonly points: SearchPoints;
      readonly groups: EqualRows;
      readonly sample: RecallSample;
      readonly part: number;
      readonly from: number;
      readonly to: number;
    };

/** Does the work, writing to the task's arrays; returns the value that the kernel sums over its tasks. */
export function runTask(task: KernelTask): number {
  switch (task.kind) {
    case 'umap-layout':
      layoutRange(task.plan, task.epoch, task.from, task.to, task.before, task.after);
      return 0;
    case 'kmeans-assign':
      return assignRange(task.placed, task.part, task.from, task.to, task.isFirst);
    case 'kmeans-candidates':
      measureCandidates(task.placed, task.part, task.from, task.to);
      return 0;
    case 'tsne-forces':
      forceRange(task.field, task.from, task.to);
      return 0;
    case 'neighbor-blocks':
      scanBlockPairs(task.points, task.candidates, task.part, task.from, task.to);
      return 0;
    case 'neighbor-trees':
      plantTrees(task.plan, task.part, task.from, task.to);
      return 0;
    case 'neighbor-candidates':
      return gatherCandidates(task.plan, task.round, task.from, task.to);
    case 'neighbor-settle':
      settleFresh(task.plan, task.from, task.to);
      return 0;
    case 'neighbor-joins':
      joinCandidates(task.plan, task.part, task.from, task.to);
      return 0;
    case 'neighbor-measure':
      measureRows(
        task.points,
        task.groups,
        task.candidates,
        task.heap,
        task.isExact,
        task.part,
        task.from,
        task.to,
      );
      return 0;
    case 'neighbor-recall':
      return foundNeighbors(task.points, task.groups, task.sample, task.part, task.from, task.to);
  }
}
