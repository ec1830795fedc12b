import * as z from 'zod';
import { defineCheck } from '../define.ts';
import { bounded, cannotTell, within } from '../outcome.ts';
import { toolName } from './call-params.ts';
import { pathOverlap } from './path-overlap.ts';

export const pathPrecision = defineCheck({
  id: 'path_precision',
  passes: 'Enough of the calls that were made were expected.',
  params: bounded({
    tools: z.array(toolName).optional().describe('default: the calls of the recorded trace'),
  }),
  measure: { range: [0, 1], better: 'higher' },
  source: 'trajectory_precision of Vertex AI: expected calls ÷ calls made',
  example: { tools: ['list_orders', 'refund_order'], min: 0.8 },
  ask: (subject, { tools, ...limits }) => {
    const overlap = pathOverlap(subject, tools);
    if (overlap === null) return cannotTell('there are no expected calls: give tools');
    if (overlap.made === 0) return within(0, limits, 'no tool was called; the precision is');
    return within(overlap.shared / overlap.made, limits, 'the precision of the calls is');
  },
});
