import type { Stream } from './pull.ts';

/** A project of another tool whose history can be read. */
export interface PulledSource {
  /** Tells it from others, without secrets. */
  readonly name: string;
  readonly streams: () => Promise<readonly Stream[]>;
}
