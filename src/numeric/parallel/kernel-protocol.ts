import { type KernelTask, runTask } from './kernel-task.ts';

export interface KernelRequest {
  readonly id: number;
  readonly task: KernelTask;
}

export type KernelReply =
  | { readonly kind: 'done'; readonly id: number; readonly sum: number }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };

/** What a worker does with each message; never throws. */
export function answer({ id, task }: KernelRequest): KernelReply {
  try {
    return { kind: 'done', id, sum: runTask(task) };
  } catch (error) {
    return { kind: 'failed', id, message: `${task.kind}: ${String(error)}` };
  }
}
