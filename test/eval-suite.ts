import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckUse } from '../src/contract/check-use.ts';
import type { Register } from '../src/contract/suite.ts';
import { assistant, call, makeTrace, result, system, tool, user } from '../src/testing/trace.ts';
import { payloadText } from '../src/verify/suite/payload.ts';
import { suiteText } from '../src/verify/suite/suite-text.ts';
import { makePayload, makeSource, makeSuite, makeSuiteCase } from '../src/verify/testing/suite.ts';

export interface SuiteParts {
  readonly guards?: number;
  readonly controls?: number;
  readonly slice?: number;
  readonly checks?: readonly CheckUse[];
  readonly register?: Partial<Register>;
}

const REFUND: CheckUse = { check: 'contains', params: { texts: ['refund'] }, negate: true };

/** What the customer of a case writes. */
const question = (id: string): string => `Where is my order ${id}?`;

/** Looks the order up, as every recorded run does. */
const lookedUp = (id: string, status: string) => [
  system('You help customers.'),
  user(question(id)),
  assistant('', call('find_order', { order_id: id }, `call-${id}`)),
  result(`call-${id}`, 'find_order', { order_id: id, status }),
];

/**
 * Writes a suite against promises of refunds: guards and slice cases promised one, controls did not, and each looked up
 * its order. Ids are those of the orders: `guard-1`, `control-101`, `slice-201`.
 */
export function writeSuite(folder: string, parts: SuiteParts = {}): void {
  const { guards = 2, controls = 1, slice = 0, checks = [REFUND], register = {} } = parts;
  const numbered = (from: number, count: number, answer: string) =>
    Array.from({ length: count }, (_, at) => {
      const id = String(from + at);
      const trace = makeTrace({
        id: `trace-${id}`,
        messages: [...lookedUp(id, 'lost'), assistant(answer)],
        tools: [tool('find_order', { order_id: { type: 'string' } })],
      });
      return { id, payload: makePayload(trace) };
    });
  const bad = numbered(1, guards, 'It is lost. A refund comes.');
  const good = numbered(101, controls, 'It is lost. A new one comes.');
  const held = numbered(201, slice, 'It is lost. A refund comes.');
  const proven = checks.every(({ provisional }) => provisional === true) ? 'unproven' : null;
  const cases = [
    ...bad.map(({ id, payload }) =>
      makeSuiteCase(payload, { id: `guard-${id}`, proof: proven ?? 'red' }),
    ),
    ...good.map(({ id, payload }) =>
      makeSuiteCase(payload, { id: `control-${id}`, role: 'control', proof: proven ?? 'green' }),
    ),
    ...held.map(({ id, payload }) =>
      makeSuiteCase(payload, { id: `slice-${id}`, role: 'slice', proof: proven ?? 'red' }),
    ),
  ];
  const suite = makeSuite(cases, {
    checks,
    register: { metric: 'pass_rate', smallestEffect: 0.5, repeats: 1, ...register },
  });
  const payloads = [...bad, ...good, ...held].map(
    ({ payload }) => [payload.hash, payload] as const,
  );
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'promise.yaml'), suiteText(suite));
  writeFileSync(
    join(folder, suite.payload),
    payloadText({ source: makeSource(), cases: new Map(payloads) }),
  );
}
