import * as z from 'zod';
import { defineCheck } from '../define.ts';
import { bounded, cannotTell, within } from '../outcome.ts';
import { toolName } from './call-params.ts';
import { pathOverlap } from './path-overlap.ts';

export const pathRecall = defineCheck({
  id: 'path_recall',
  passes: 'Enough of the expected calls were made.',
  params: bounded({
    tools: z.array(toolName).optional().describe('default: the calls of the recorded trace'),
  }),
  measure: { range: [0, 1], better: 'higher' },
  source: 'trajectory_recall of Vertex AI: expected calls that were made ÷ expected calls',
  example: { tools: ['list_orders', 'refund_order'], min: 1 },
  ask: (subject, { tools, ...limits }) => {
    const overlap = pathOverlap(subject, tools);
    if (overlap === null) return cannotTell('there are no expected calls: give tools');
    return within(overlap.shared / overlap.wanted, limits, 'the recall of the calls is');
  },
});
