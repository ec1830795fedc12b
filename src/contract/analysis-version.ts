/** Version of the JSON written by `culprit analyze --json`. Grows when a field changes its meaning or is removed. */
export const ANALYSIS_VERSION = 3;
