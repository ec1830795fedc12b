import { fnv1aOf } from '../src/text/hash.ts';

/** Detectors are tuned on `train` only; published figures come from `check`. */
export type Half = 'train' | 'check';

/** The half of a task, the same for all of its traces regardless of the model. */
export function halfOf(source: string, task: string): Half {
  let hash = fnv1aOf(new TextEncoder().encode(`${source}:${task}`));
  // The lowest bit of FNV-1a is only the parity of the bytes' lowest bits, so mix it first.
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  hash ^= hash >>> 13;
  return (hash & 1) === 0 ? 'train' : 'check';
}

const TASK_KEYS = ['test_id', 'task_id', 'question_id', 'user_task', 'id'] as const;

/** The unit of the split: the task's id in the gold detail, or else the input. */
export function taskOf(detail: Readonly<Record<string, unknown>>, input: string): string {
  for (const key of TASK_KEYS) {
    const value = detail[key];
    if (typeof value === 'string' || typeof value === 'number') return String(value);
  }
  return input;
}
