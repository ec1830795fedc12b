import type { CasePayload, CaseSource } from '../../contract/case-payload.ts';
import type { Suite, SuiteCase } from '../../contract/suite.ts';
import { SUITE_VERSION } from '../../contract/suite.ts';
import type { Trace } from '../../contract/trace.ts';
import { defaultOptions, fileOf, makeTrace } from '../../testing/trace.ts';
import { casePayloadOf } from '../promote/case-payload-of.ts';

export const makeSource = (): CaseSource => ({
  kind: 'source',
  facts: fileOf([makeTrace({ output: 'Hello' })]),
  scores: [],
  stepBudget: 50,
  policy: null,
});

export const makePayload = (trace: Trace): CasePayload => casePayloadOf(trace, [], defaultOptions);

export const makeSuiteCase = (payload: CasePayload, parts: Partial<SuiteCase> = {}): SuiteCase => ({
  id: `guard-${payload.hash.slice(0, 8)}`,
  role: 'guard',
  trace: payload.recorded.id,
  hash: payload.hash,
  redaction: 'off',
  proof: 'red',
  added: { at: '2026-11-30', by: 'a test' },
  ...parts,
});

export const makeSuite = (cases: readonly SuiteCase[], parts: Partial<Suite> = {}): Suite => ({
  version: SUITE_VERSION,
  cause: {
    id: 'c-1a2b3c4d',
    title: 'The answer promises a refund',
    category: 'promise',
    layer: 'prompt',
    severity: 4,
    fingerprint: ['promise'],
    condition: null,
    taxonomy: '0123456789abcdef',
  },
  labels: ['ci'],
  source: { files: ['traces.jsonl'], toolVersion: '0.1.0', seed: 42 },
  payload: 'promise.jsonl',
  register: { metric: 'pass_rate', smallestEffect: 0.5, repeats: 5 },
  proofBudget: { rateBefore: 0.01, exposures: 900 },
  checks: [{ check: 'contains', params: { texts: ['refund'] }, negate: true }],
  cases,
  ...parts,
});
