import type { Layer } from '../../../contract/category.ts';

/** Where a fix can go. */
export const LAYERS = [
  ...['prompt', 'tool', 'retrieval', 'model', 'evaluation', 'orchestration', 'platform', 'unknown'],
] as readonly Layer[];

/** Effort to fix, in points. */
export const FIX_COSTS: readonly (readonly [cost: number, meaning: string])[] = [
  [1, 'a prompt line'],
  [2, 'some lines'],
  [3, 'a tool or index change'],
  [5, 'several changes'],
  [8, 'a redesign'],
];

/** From harm to cosmetic. */
export const SEVERITIES: readonly (readonly [severity: number, meaning: string])[] = [
  [5, 'harm or loss'],
  [4, 'the task fails'],
  [3, 'wrong or missing'],
  [2, 'a nuisance'],
  [1, 'cosmetic'],
];
