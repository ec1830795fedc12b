/**
 * How much a finding says about the cause, most first: `proven` by code; `claimed` by a model; `likely`;
 * `symptom` of something else; `outlier`; `filter`: it says that the trace failed, not why.
 */
export const TIERS = ['proven', 'claimed', 'likely', 'symptom', 'outlier', 'filter'] as const;
export type Tier = (typeof TIERS)[number];
