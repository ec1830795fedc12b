import * as z from 'zod';
import type { JsonObject } from '../../../contract/json.ts';
import { defineCheck } from '../define.ts';
import { fail, pass } from '../outcome.ts';
import { hasArguments, quoteCall, shownArguments, someArguments, toolName } from './call-params.ts';

export const expectedCalls = defineCheck({
  id: 'expected_calls',
  passes:
    'Exactly the expected calls were made, each with its arguments, in any order or in this one.',
  params: z.strictObject({
    calls: z.array(z.strictObject({ tool: toolName, arguments: someArguments.default({}) })),
    inOrder: z.boolean().default(false),
  }),
  measure: { range: [0, 1], better: 'higher' },
  source:
    'as function calling is scored (BFCL): names and arguments by value; the measure is the share that was made',
  example: { calls: [{ tool: 'get_weather', arguments: { city: 'Oslo' } }], inOrder: false },
  ask: (subject, { calls: wanted, inOrder }) => {
    const left = subject.run.calls.map((site, place) => ({ site, place }));
    const missing = wanted.filter(({ tool, arguments: named }, index) => {
      const at = left.findIndex(
        ({ site: { call }, place }) =>
          call.name === tool &&
          (!inOrder || place === index) &&
          hasArguments(call.arguments, named as JsonObject),
      );
      if (at < 0) return true;
      left.splice(at, 1);
      return false;
    });
    const share = wanted.length === 0 ? 1 : 1 - missing.length / wanted.length;
    const quotes = left.map(({ site }) => quoteCall(subject, site));
    const [first] = missing;
    if (first !== undefined)
      return fail(
        `${first.tool} was not called with ${shownArguments(first.arguments)} as expected`,
        quotes,
        share,
      );
    return left.length === 0
      ? pass(`exactly the ${wanted.length} expected calls were made`, [], share)
      : fail(`${left[0]!.site.call.name} was called, which was not expected`, quotes, share);
  },
});
