import type { Trace } from '../../contract/trace.ts';
import { starterPolicy } from '../policy/policy.ts';
import { type RequestRisk, requestJudge } from '../policy/request-risk.ts';
import { remember } from '../text/plain.ts';
import { type Refusal, refusalOf } from './refusal.ts';

/** How the final answer refuses, null when it does not. */
export const refusalIn: (trace: Trace) => Refusal | null = remember((trace: Trace) =>
  refusalOf(trace.output),
);

const requests = requestJudge(starterPolicy);

/** What the starter policy says of the request. */
export const riskOf: (trace: Trace) => RequestRisk = remember((trace: Trace) =>
  requests.judge(trace.input),
);

/** Cheap: false only where `riskOf` would not say harmful. */
export const mayBeHarmful = (trace: Trace): boolean => requests.mayBeHarmful(trace.input);
