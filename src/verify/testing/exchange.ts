import type { CheckUse } from '../../contract/check-use.ts';
import type { SuiteCase } from '../../contract/suite.ts';
import { makeTrace, message } from '../../testing/trace.ts';
import { payloadText } from '../suite/payload.ts';
import { type ReadSuite, readSuites } from '../suite/read-suites.ts';
import { suiteText } from '../suite/suite-text.ts';
import { makePayload, makeSource, makeSuite, makeSuiteCase } from './suite.ts';

interface Asked {
  readonly answer: string;
  readonly checks?: readonly CheckUse[];
  readonly parts?: Partial<SuiteCase>;
}

/** The YAML and the contents of a suite whose cases recorded these answers. */
export function suiteFiles(
  asked: readonly Asked[],
  checks: readonly CheckUse[],
): readonly { readonly path: string; readonly text: string }[] {
  const made = asked.map(({ answer, checks: own, parts }, index) => {
    const payload = makePayload(
      makeTrace({
        id: `trace-${index}`,
        messages: [
          message('system', 'Help with orders. {{ name }} {% raw %}'),
          message('user', `Where is order ${index}?\n“now”`),
          message('assistant', answer),
        ],
      }),
    );
    const entry = makeSuiteCase(payload, {
      id: `case-${index}`,
      ...(own !== undefined && { checks: own }),
      ...parts,
    });
    return { payload, entry };
  });
  const suite = makeSuite(
    made.map(({ entry }) => entry),
    { checks, payload: 'suite.jsonl' },
  );
  const cases = new Map(made.map(({ payload }) => [payload.hash, payload]));
  return [
    { path: 'evals/suite.jsonl', text: payloadText({ source: makeSource(), cases }) },
    { path: 'evals/suite.yaml', text: suiteText(suite) },
  ];
}

export const exchangeSuite = (
  asked: readonly Asked[],
  checks: readonly CheckUse[],
): readonly ReadSuite[] => readSuites(suiteFiles(asked, checks));

/** Checks that other programs can run, with answers that pass and fail each. */
export const CARRIED: readonly { readonly use: CheckUse; readonly answers: readonly string[] }[] = [
  {
    use: { check: 'contains', params: { texts: ['refund', '5 days'] } },
    answers: ['a refund in 5 days', 'a refund', 'Refund, 5 days'],
  },
  {
    use: {
      check: 'contains',
      params: { texts: ['ÄPFEL', 'x{{y}}'], match: 'any', ignoreCase: true },
    },
    answers: ['äpfel', 'X{{Y}}', 'none'],
  },
  {
    use: { check: 'contains', params: { texts: ['file://a, "b"\u2028'] } },
    answers: ['see file://a, "b"\u2028', 'no'],
  },
  {
    use: { check: 'contains', params: { texts: ['sorry'] }, negate: true },
    answers: ['sorry', 'Sorry'],
  },
  {
    use: { check: 'equals', params: { text: ' Approved\n', ignoreCase: true } },
    answers: ['\ufeffAPPROVED\n', 'approved.', 'not approved'],
  },
  {
    use: { check: 'starts_with', params: { text: 'Dear ' } },
    answers: [' \u00a0Dear A', 'To dear A'],
  },
  {
    use: { check: 'ends_with', params: { text: "Best,\n'S'" } },
    answers: ["Hi. Best,\n'S' \n", 'Best'],
  },
  {
    use: { check: 'one_of', params: { labels: ['billing', 'other'], ignoreCase: true } },
    answers: [' Billing.', 'billing!', 'other..'],
  },
  {
    use: { check: 'regex', params: { pattern: '^RMA-\\d{3}\\s[^[a-c]+.$' } },
    answers: ['RMA-123\u00a0xyz', 'RMA-123 xyz\n', 'RMA-١٢٣ xyz', 'RMA-123 xab', 'RMA-123 x\u2028'],
  },
  { use: { check: 'regex', params: { pattern: 'a/b$' }, negate: true }, answers: ['a/b', 'a/b\n'] },
  {
    use: { check: 'json' },
    answers: ['{"a": [1]}', ' 1e3 ', 'NaN', '[1,]', '', '{"a":1} then'],
  },
  { use: { check: 'answered' }, answers: ['yes', ' \n\u3000'] },
];
