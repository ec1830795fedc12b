import * as z from 'zod';
import { pointer } from '../../../detect/ask.ts';
import { defineCheck } from '../define.ts';
import { bounded, cannotTell, within } from '../outcome.ts';

export const recordedScore = defineCheck({
  id: 'recorded_score',
  passes: 'A score that the trace holds lies within the bounds.',
  params: bounded({ name: z.string().min(1) }),
  measure: { range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY], better: 'higher' },
  source: 'the last score of this name, by whoever gave it',
  example: { name: 'groundedness', min: 0.7 },
  ask: ({ trace, run }, { name, ...limits }) => {
    const index = trace.scores.findLastIndex((each) => each.name === name && each.value !== null);
    const value = trace.scores[index]?.value ?? null;
    if (value === null) return cannotTell(`no score ${name} was recorded`);
    const quote = run.quote(pointer('scores', index, 'name'), name, trace.scores[index]!.spanId);
    return within(value, limits, `${name} is`, [quote]);
  },
});
