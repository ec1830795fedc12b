/** What traces are compared by. The first three are versions, which follow each other; tenants stand side by side. */
export const DIMENSIONS = ['promptVersion', 'release', 'model', 'tenant'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** One value for each dimension. */
export const byDimension = <Value>(
  make: (dimension: Dimension) => Value,
): Readonly<Record<Dimension, Value>> => ({
  promptVersion: make('promptVersion'),
  release: make('release'),
  model: make('model'),
  tenant: make('tenant'),
});

/** The value of each dimension, null when not recorded, and when the trace began. */
export type Traits = Readonly<Record<Dimension, string | null>> & {
  /** Epoch milliseconds; null when not recorded. */
  readonly startTime: number | null;
};
