import * as z from 'zod';
import { latency } from '../../../trace/latency.ts';
import { defineCheck } from '../define.ts';
import { cannotTell, passIf } from '../outcome.ts';

export const slowestStep = defineCheck({
  id: 'slowest_step',
  passes: 'No step of the run took longer than allowed.',
  params: z.strictObject({
    most: z.number().min(0).describe('ms'),
    kind: z
      .enum(['model', 'tool', 'retrieval', 'embedding', 'rerank'])
      .optional()
      .describe('default: steps of any of these kinds'),
  }),
  measure: { range: [0, Number.POSITIVE_INFINITY], better: 'lower' },
  source: 'start and end of spans without children’s totals: models, tools, retrieval',
  example: { most: 2000, kind: 'tool' },
  ask: ({ trace, run }, { most, kind }) => {
    const steps = trace.spans.flatMap((span, index) => {
      const took = latency(span);
      const isStep = kind === undefined ? STEPS.has(span.kind) : span.kind === kind;
      return isStep && took !== null ? [{ index, span, took }] : [];
    });
    if (steps.length === 0) return cannotTell('no such step with start and end was recorded');
    const { index, span, took } = steps.reduce((slowest, step) =>
      step.took > slowest.took ? step : slowest,
    );
    return passIf(
      took <= most,
      `${span.name || span.kind} took ${took} ms, ${most} allowed`,
      [span.name === '' ? null : run.quote(`/spans/${index}/name`, span.name, span.id)],
      took,
    );
  },
});

const STEPS: ReadonlySet<string> = new Set(['model', 'tool', 'retrieval', 'embedding', 'rerank']);
