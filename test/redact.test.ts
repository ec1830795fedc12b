import { describe, expect, test } from 'vitest';
import { givenCommand } from '../src/cli/given-command.ts';
import { rankedList } from '../src/cli/ranked-list.ts';
import { analyze, renderReport } from '../src/culprit.ts';
import { unpacked } from '../src/text/packed.ts';

const NAMES = ['rosa', 'aiko', 'ben', 'elena', 'karim'];
const email = (at: number): string => `${NAMES[at % 5]}.lund${at % 7}@example.com`;
const phone = (at: number): string => `+49 171 55501${String(10 + (at % 9))}`;
const CARD = '4111111111111111';
const IBAN = 'DE89 3704 0044 0532 0130 00';
const KEY = `sk-proj-${'aB3dE6'.repeat(6)}`;

const VALUES = [
  ...Array.from({ length: 35 }, (_, at) => email(at)),
  ...Array.from({ length: 9 }, (_, at) => phone(at)),
  CARD,
  IBAN,
  KEY,
];

/** A support agent that refunds to the wrong field, with personal data in every field of its log. */
const runs = Array.from({ length: 60 }, (_, at) => ({
  trace_id: `${phone(at)}/${at}`,
  tenant: email(at % 3),
  user_id: email(at),
  prompt_version: at < 30 ? 'v1' : `v2 by ${email(1)}`,
  metadata: { [email(2)]: phone(3), card: Number(CARD) },
  messages: [
    { role: 'system', content: `Help. Internal key ${KEY}, mail ${email(0)}.` },
    {
      role: 'user',
      content: `${'Hello. '.repeat(at)}Refund my order to ${IBAN}. I am ${email(at)}, ${phone(at)}`,
    },
    {
      role: 'assistant',
      content: '',
      tool_calls: [
        {
          id: `c${at}`,
          type: 'function',
          function: {
            name: 'refund',
            arguments: JSON.stringify({ to: email(at), card: Number(CARD), phone: phone(at) }),
          },
        },
      ],
    },
    {
      role: 'tool',
      tool_call_id: `c${at}`,
      name: 'refund',
      content: at % 2 === 0 ? `{"error":"no account ${email(at)}"}` : '{"ok":true}',
    },
    {
      role: 'assistant',
      content: at % 2 === 0 ? `Failed for ${email(at)}.` : `Done, ${phone(at)}.`,
    },
  ],
  scores: { passed: at % 2 },
}));

async function written(options: Parameters<typeof analyze>[1]) {
  const { analysis, report } = await analyze(runs, options);
  const terminal = rankedList(analysis, {
    top: 10,
    width: 110,
    isTerminal: true,
    command: givenCommand(['analyze', 'traces.jsonl']),
    report: null,
  });
  const archive = JSON.stringify(unpacked(report.archive));
  const bytes = `${JSON.stringify(analysis)}\n${await renderReport(report)}\n${archive}\n${terminal}`;
  return { analysis, report, bytes };
}

describe('what a redacted run writes', () => {
  test.each([{ redact: 'mask' }, { redact: 'hash', redactSalt: 'a secret text' }] as const)(
    'holds no value: %j',
    async (options) => {
      const { analysis, report, bytes } = await written(options);
      expect(VALUES.filter((value) => bytes.includes(value))).toEqual([]);
      expect(bytes).not.toContain('lund');
      expect(bytes).not.toContain('a secret text');
      expect(bytes).toContain(options.redact === 'mask' ? '[email]' : '[email ');
      expect(new Set(analysis.failures.map(({ traceId }) => traceId)).size).toBe(30);
      const texts = new Map(report.traces.map((trace) => [trace.id, JSON.stringify(trace)]));
      const quoted = analysis.clusters.flatMap(({ evidence }) => evidence);
      expect(quoted.length).toBeGreaterThan(0);
      for (const { traceId, quote } of quoted)
        expect(texts.get(traceId)).toContain(JSON.stringify(quote).slice(1, -1));
    },
  );

  test('holds what it held before without', async () => {
    const { bytes } = await written({});
    expect(VALUES.filter((value) => bytes.includes(value)).length).toBeGreaterThan(40);
  });

  test('counts by redacted tenant and version, and stays the same', async () => {
    const options = { redact: 'hash', redactSalt: 'a secret text' } as const;
    const { analysis, report } = await written(options);
    const tenants = analysis.traffic.facets.find(({ dimension }) => dimension === 'tenant');
    expect(tenants?.values.map(({ traces }) => traces)).toEqual([20, 20, 20]);
    const [first] = analysis.clusters;
    const ofFirst = first?.breakdowns.find(({ dimension }) => dimension === 'tenant');
    expect(ofFirst?.values.reduce((sum, { failures }) => sum + failures, 0)).toBe(first?.size);
    expect((await analyze(runs, options)).report).toEqual(report);
  });
});
