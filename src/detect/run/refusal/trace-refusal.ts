import type { Trace } from '../../../contract/trace.ts';
import { remember } from '../../../text/plain.ts';
import { starterPolicy } from '../../policy/lexicon/policy.ts';
import { type PolicyMatcher, policyMatcher, type RequestRisk } from '../../policy/matcher.ts';
import type { Hit } from '../../policy/tokens.ts';
import { asksFromPassage } from '../sources.ts';
import { type Refusal, refusalOf } from './refusal.ts';

/** How the final answer refuses, null when it does not. */
export const refusalIn: (trace: Trace) => Refusal | null = remember((trace: Trace) =>
  refusalOf(trace.output),
);

const starter = policyMatcher(starterPolicy);

/** What a policy says of the request; the starter policy unless the user gave one. */
export const riskOf = (trace: Trace, policy: PolicyMatcher = starter): RequestRisk =>
  riskBy(policy)(trace);

const riskBy = remember((policy: PolicyMatcher) =>
  remember((trace: Trace): RequestRisk => policy.judge(trace.input)),
);

/** The policy category the request falls under, null when under none. A passage handed over is not the request. */
export const harmIn = (trace: Trace, policy: PolicyMatcher = starter): Hit | null =>
  asksFromPassage(trace.input) ? null : policy.harmOf(trace.input);
