import type { RowBytes } from './row-bytes.ts';

/** How the columns of a table are written, by name, in the order in which they are written. */
export type Columns<Row> = Readonly<Record<string, (bytes: RowBytes, row: Row) => void>>;

/** Numbers of the status, in every table. */
export const STATUS = { unset: 0, ok: 1, error: 2 } as const;

/** Epoch milliseconds as stored: 1970 to 2100, others moved to the nearer end; what is no number counts as 1970. */
export const storedTime = (milliseconds: number): number =>
  milliseconds > 0 ? Math.min(milliseconds, END_OF_TIME) : 0;

const END_OF_TIME = Date.UTC(2100, 0, 1);

/** Day since 1970, rounded up: the row lives at least as long as asked. From 1 on: to the engine, day 0 is never. */
export const storedDay = (milliseconds: number): number =>
  Math.max(1, Math.ceil(storedTime(milliseconds) / DAY_MS));

const DAY_MS = 86_400_000;
