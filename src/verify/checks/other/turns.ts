import * as z from 'zod';
import { defineCheck } from '../define.ts';
import { cannotTell, passIf } from '../outcome.ts';

export const turns = defineCheck({
  id: 'turns',
  passes: 'The user had to speak at most so often.',
  params: z.strictObject({ most: z.int().min(1) }),
  measure: { range: [0, Number.POSITIVE_INFINITY], better: 'lower' },
  source: 'messages of the user',
  example: { most: 4 },
  ask: ({ trace }, { most }) => {
    const spoken = trace.messages.filter(({ role }) => role === 'user').length;
    if (spoken === 0) return cannotTell('no message of the user was recorded');
    return passIf(spoken <= most, `the user spoke ${spoken} times, ${most} allowed`, [], spoken);
  },
});
