import type { Buckets } from '../../contract/traffic.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Each divides the next, so that counts of a finer width add up to those of a coarser one. */
const WIDTHS: readonly number[] = [
  SECOND,
  5 * SECOND,
  15 * SECOND,
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  7 * DAY,
  28 * DAY,
  364 * DAY,
  3_640 * DAY,
  364_000 * DAY,
];

/** A Monday, so that weeks begin on one. */
const ORIGIN = 4 * DAY;
const MOST = 1_024;

export interface TimeState {
  /** Position in the widths. */
  readonly level: number;
  /** Traces and failed ones by the number of their bucket. */
  readonly counts: ReadonlyMap<number, readonly [number, number]>;
}

/**
 * Counts traces by time in at most 1,024 buckets, whose width grows with the period. It depends on the times
 * alone, not on their order or on how they were divided. Times beyond the calendar of JavaScript are left out.
 */
export class TimeHistogram {
  #level = 0;
  #counts = new Map<number, [number, number]>();
  #first = Number.POSITIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;

  add(time: number, failed: boolean): void {
    if (Math.abs(time) > LATEST) return;
    this.#count(this.#bucketOf(time), 1, Number(failed));
  }

  state(): TimeState {
    return { level: this.#level, counts: this.#counts };
  }

  merge(state: TimeState): void {
    this.#widen(state.level);
    for (const [bucket, [traces, failed]] of state.counts)
      this.#count(this.#bucketOf(ORIGIN + bucket * WIDTHS[state.level]!), traces, failed);
  }

  /** From the first bucket to the last, empty ones included; null for nothing. */
  buckets(): Buckets | null {
    if (this.#counts.size === 0) return null;
    const width = WIDTHS[this.#level]!;
    const numbers = Array.from(
      { length: this.#last - this.#first + 1 },
      (_, index) => this.#counts.get(this.#first + index) ?? [0, 0],
    );
    return {
      start: ORIGIN + this.#first * width,
      width,
      traces: numbers.map(([traces]) => traces!),
      failed: numbers.map(([, failed]) => failed!),
    };
  }

  #bucketOf(time: number): number {
    return Math.floor((time - ORIGIN) / WIDTHS[this.#level]!);
  }

  #count(bucket: number, traces: number, failed: number): void {
    const count = this.#counts.get(bucket);
    if (count === undefined) this.#counts.set(bucket, [traces, failed]);
    else {
      count[0] += traces;
      count[1] += failed;
    }
    this.#first = Math.min(this.#first, bucket);
    this.#last = Math.max(this.#last, bucket);
    while (this.#last - this.#first >= MOST) this.#widen(this.#level + 1);
  }

  #widen(level: number): void {
    if (level <= this.#level) return;
    const ratio = WIDTHS[level]! / WIDTHS[this.#level]!;
    const before = this.#counts;
    this.#level = level;
    this.#counts = new Map();
    this.#first = Number.POSITIVE_INFINITY;
    this.#last = Number.NEGATIVE_INFINITY;
    for (const [bucket, [traces, failed]] of before)
      this.#count(Math.floor(bucket / ratio), traces, failed);
  }
}

const LATEST = 8.64e15;
