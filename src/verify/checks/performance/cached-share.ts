import { defineCheck } from '../define.ts';
import { bounded, cannotTell, within } from '../outcome.ts';

export const cachedShare = defineCheck({
  id: 'cached_share',
  passes: 'Enough of the input tokens came from the provider’s cache.',
  params: bounded({}),
  measure: { range: [0, 1], better: 'higher' },
  source: 'cached input tokens ÷ input tokens, as recorded',
  example: { min: 0.5 },
  ask: ({ trace: { usage } }, limits) =>
    usage.cachedTokens === null || usage.inputTokens === null || usage.inputTokens === 0
      ? cannotTell('no cached tokens were recorded')
      : within(usage.cachedTokens / usage.inputTokens, limits, 'the cached share is'),
});
