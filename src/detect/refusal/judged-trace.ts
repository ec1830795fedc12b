import type { Trace } from '../../contract/trace.ts';
import { asksFromPassage } from '../grounding/context.ts';
import { starterPolicy } from '../policy/policy.ts';
import { type RequestRisk, requestJudge } from '../policy/request-risk.ts';
import type { Hit } from '../policy/tokens.ts';
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

/** The policy category the request falls under, null when under none. A passage handed over is not the request. */
export const harmIn = (trace: Trace): Hit | null =>
  asksFromPassage(trace.input) ? null : requests.harmOf(trace.input);
