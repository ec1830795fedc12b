import * as z from 'zod';
import { defineCheck } from '../define.ts';
import { passIf } from '../outcome.ts';
import { type Call, quoteCall } from './call-params.ts';

export const noRepeatedCall = defineCheck({
  id: 'no_repeated_call',
  passes: 'No call was made again with the same arguments more often than allowed.',
  params: z.strictObject({
    most: z.int().min(1).default(1).describe('times one call may be made'),
  }),
  measure: { range: [0, Number.POSITIVE_INFINITY], better: 'lower' },
  source: 'equal name and equal arguments, order of keys aside',
  example: { most: 1 },
  ask: (subject, { most }) => {
    const groups = Object.values(
      Object.groupBy(subject.run.calls, ({ call }) => `${call.name} ${canonical(call.arguments)}`),
    ) as Call[][];
    const worst = groups.reduce<readonly Call[]>(
      (high, each) => (each.length > high.length ? each : high),
      [],
    );
    const [first] = worst;
    return passIf(
      worst.length <= most,
      first === undefined
        ? 'no tool was called'
        : `${first.call.name} was called ${worst.length} times alike, ${most} allowed`,
      worst.length <= most ? [] : worst.map((site) => quoteCall(subject, site)),
      worst.length,
    );
  },
});

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
