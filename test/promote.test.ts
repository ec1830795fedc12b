import { beforeAll, describe, expect, test } from 'vitest';
import { analyze, type Promotion, promote } from '../src/culprit.ts';
import { suitesIn } from '../src/verify/verify.ts';

const ITEMS = [
  'lamp',
  'chair',
  'kettle',
  'backpack',
  'tent',
  'mug',
  'clock',
  'towel',
  'stove',
  'rug',
];
const PLEAS = [
  'Please refund my',
  'I want my money back for the',
  'Refund the broken',
  'Give me a refund for my',
];

const tool = (name: string, field: string) => ({
  name,
  description: `${name} of the shop`,
  parameters: { type: 'object', properties: { [field]: { type: 'string' } }, required: [field] },
});

const call = (id: string, name: string, args: object) => ({
  role: 'assistant',
  content: '',
  tool_calls: [{ id, type: 'function', function: { name, arguments: JSON.stringify(args) } }],
});

const result = (id: string, value: object) => ({
  role: 'tool',
  tool_call_id: id,
  content: JSON.stringify(value),
});

interface Ids {
  readonly account: (at: number) => string;
  readonly order: (at: number) => string;
  /** The failing run sees the order id, too. */
  readonly isListed?: true;
}

const NUMBERS: Ids = {
  account: (at) => String(38_000_017 + 7 * at),
  order: (at) => String(51_000_013 + 11 * at),
};

/** A refund with the account id for the order id, or a good one. */
function refund(at: number, fails: boolean, { account, order, isListed }: Ids = NUMBERS) {
  const [accountId, orderId] = [account(at), order(at)];
  const request = `${PLEAS[at % 4]} ${ITEMS[at % 10]} from ${at % 7} days ago, I am user${at}@example.com`;
  const listed = [
    call('2', 'list_orders', { account_id: accountId }),
    result('2', { orders: [{ order_id: orderId, item: ITEMS[at % 10] }] }),
  ];
  return {
    trace_id: `${fails ? 'bad' : 'good'}-${at}`,
    tools: [
      tool('get_account', 'email'),
      tool('list_orders', 'account_id'),
      tool('refund_order', 'order_id'),
    ],
    messages: [
      { role: 'user', content: request },
      call('1', 'get_account', { email: `user${at}@example.com` }),
      result('1', { account_id: accountId, tier: 'standard' }),
      ...(fails
        ? [
            ...(isListed ? listed : []),
            call('3', 'refund_order', { order_id: accountId }),
            result('3', { error: 'order_not_found', message: `No order with id ${accountId}.` }),
            {
              role: 'assistant',
              content: 'I am afraid that did not work. Please try again later.',
            },
          ]
        : [
            ...listed,
            call('3', 'refund_order', { order_id: orderId }),
            result('3', { refunded: true, order_id: orderId }),
            { role: 'assistant', content: `The ${ITEMS[at % 10]} is refunded.` },
          ]),
    ],
  };
}

const runs = (bad: number, good: number, ids?: Ids) => [
  ...Array.from({ length: bad }, (_, at) => refund(at, true, ids)),
  ...Array.from({ length: good }, (_, at) => refund(at, false, ids)),
];

const traces = runs(30, 24);
const added = { at: '2026-11-30', by: 'a test' };

const reread = ({ file, yaml, payload, suite }: Promotion) =>
  suitesIn([
    { path: suite.payload, text: payload },
    { path: file, text: yaml },
  ]);

describe('a cause becomes a suite', () => {
  let promotion: Promotion;

  beforeAll(async () => {
    promotion = await promote(traces, { cause: 1, added });
  });

  test('with guards, controls and a slice, each proven on its recorded output', () => {
    const roles = (role: string) => promotion.suite.cases.filter((each) => each.role === role);
    expect(roles('guard').map(({ pick, proof }) => [pick, proof])).toEqual([
      ['medoid', 'red'],
      ['edge', 'red'],
      ['diverse', 'red'],
    ]);
    expect(roles('control')).toHaveLength(5);
    expect(
      roles('control').every(({ proof, trace }) => proof === 'green' && trace.startsWith('good')),
    ).toBe(true);
    expect(roles('slice').length).toBeGreaterThanOrEqual(20);
    expect(promotion.broken).toEqual([]);
    expect(promotion.notes[0]).toMatch(
      /^the slice has \d+ cases: it shows a rise of 50% with a chance of over 99%$/,
    );
  });

  test('with its detector narrowed to kind, tool and field, and what good runs do', () => {
    expect(promotion.suite.checks).toEqual([
      {
        check: 'tool_argument_mismatch',
        params: { cause: ['other field', 'refund_order.order_id'] },
      },
      {
        check: 'argument_from',
        params: {
          tool: 'refund_order',
          argument: 'order_id',
          from: 'list_orders',
          field: 'order_id',
        },
        why: 'In 24 of 24 passing traces that call `refund_order`, `order_id` is a `order_id` from `list_orders`.',
      },
      { check: 'answered', why: 'No answer is no fix.' },
      {
        check: 'refusal',
        params: { expected: false },
        why: 'A refusal is no fix: it hides the cause and takes the answer away.',
      },
    ]);
  });

  test('under the id, the rank and the words of the analysis', async () => {
    const { clusters } = await analyze(traces);
    const { cause, proofBudget } = promotion.suite;
    expect(cause).toMatchObject({
      id: clusters[0]?.id,
      title: clusters[0]?.title,
      category: 'tool_argument_mismatch',
    });
    expect(proofBudget.exposures).toBe(Math.ceil(9_000 / clusters[0]!.ratePerThousand));
    const byId = await promote(traces, { cause: cause.id, added });
    expect(byId.yaml).toBe(promotion.yaml);
    expect(byId.payload).toBe(promotion.payload);
  });

  test('whose contents hold the request, the tools and what they answered', () => {
    const [read] = reread(promotion);
    const guard = read!.suite.cases[0]!;
    const content = read!.payload.cases.get(guard.hash)!;
    expect(content.messages).toHaveLength(1);
    expect(content.messages[0]).toMatchObject({ role: 'user' });
    expect(content.tools.map(({ name }) => name)).toEqual([
      'get_account',
      'list_orders',
      'refund_order',
    ]);
    expect(content.toolResults.map(({ call: { name }, isError }) => [name, isError])).toEqual([
      ['get_account', false],
      ['refund_order', true],
    ]);
    expect(content.recorded.id).toBe(guard.trace);
  });

  test('without personal data, which is masked alike everywhere', () => {
    expect(promotion.payload).not.toContain('@example.com');
    expect(promotion.yaml).not.toContain('@example.com');
    expect(promotion.payload).toContain('[email]');
  });

  test('once: again adds nothing, new traces are added and shown', async () => {
    const suites = reread(promotion);
    const again = await promote(traces, { cause: 1, suites, added });
    expect(again.added).toEqual([]);
    expect(again.yaml).toBe(promotion.yaml);
    const edited = { ...promotion, yaml: promotion.yaml.replace('labels:', '# Ours\nlabels:') };
    const fewer = await promote(runs(12, 20), { cause: 1, added });
    const grown = await promote(traces, {
      cause: 1,
      suites: reread({ ...fewer, yaml: fewer.yaml.replace('labels:', '# Ours\nlabels:') }),
      added,
    });
    expect(grown.added.length).toBeGreaterThan(0);
    expect(grown.diff).toMatchObject({ added: grown.added, removed: [], fields: [] });
    expect(grown.yaml).toContain('# Ours\nlabels:');
    expect(new Set(grown.suite.cases.map(({ hash }) => hash)).size).toBe(grown.suite.cases.length);
    expect(edited.yaml).not.toBe(promotion.yaml);
  });

  test('with the guards that were picked', async () => {
    const picked = await promote(traces, { cause: 1, pick: ['bad-7'], added });
    expect(picked.suite.cases[0]).toMatchObject({ trace: 'bad-7', pick: 'chosen', role: 'guard' });
    const suites = reread(promotion);
    await expect(promote(traces, { cause: 1, pick: ['bad-7'], suites })).rejects.toMatchObject({
      message: 'pick: the trace bad-7 is a case of the suite already',
    });
    await expect(promote(traces, { cause: 1, pick: ['good-1'] })).rejects.toMatchObject({
      code: 'invalid_option',
      option: 'pick',
      message: expect.stringContaining('pick: the trace good-1 is no sampled failure of cause'),
    });
  });
});

test('few failures make a small suite, which says what it can prove', async () => {
  const { suite, notes } = await promote(runs(6, 20), { cause: 1, added });
  expect(suite.cases.filter(({ role }) => role === 'guard')).toHaveLength(2);
  expect(notes[0]).toBe('the slice has only 4 cases: it shows a rise of 50% with a chance of 0%');
});

/** Card numbers with a valid check digit, which redaction takes out. */
function card(prefix: string, at: number): string {
  const digits = `${prefix}${String(at).padStart(15 - prefix.length, '0')}`;
  const check = [...Array(10).keys()].find((digit) => luhn(`${digits}${digit}`) % 10 === 0)!;
  return `${digits}${check}`;
}

const luhn = (digits: string): number =>
  [...digits].reverse().reduce((sum, digit, at) => {
    const value = Number(digit) * (at % 2 === 1 ? 2 : 1);
    return sum + (value > 9 ? value - 9 : value);
  }, 0);

describe('a value that a check depends on', () => {
  const cards = runs(30, 24, {
    account: (at) => card('4', 17 + 7 * at),
    order: (at) => card('51', 13 + 11 * at),
    isListed: true,
  });

  test('travels from result to argument when hashed', async () => {
    const { payload, suite } = await promote(cards, {
      cause: 1,
      redact: 'hash',
      redactSalt: 'a secret text',
      added,
    });
    expect(payload).not.toContain(card('4', 17));
    expect(suite.cases.filter(({ role }) => role === 'guard').length).toBeGreaterThan(0);
  });

  test('is never destroyed silently', async () => {
    await expect(promote(cards, { cause: 1, redact: 'mask' })).rejects.toMatchObject({
      code: 'invalid_option',
      option: 'redact',
      message: expect.stringMatching(
        /^redact mask: it would destroy what the checks of this cause depend on: of trace bad-\d+, redaction \(mask\) would take/,
      ),
    });
  });
});

test('where no code separates, a judge is drafted that decides nothing', async () => {
  const rated = Array.from({ length: 40 }, (_, at) => ({
    trace_id: `t-${at}`,
    input: `Tell me about ${ITEMS[at % 10]} number ${at}`,
    output: `The ${ITEMS[at % 10]} number ${at} is a fine choice for your home.`,
    scores: { helpful: at < 20 ? 0 : 1 },
  }));
  const { suite, notes } = await promote(rated, {
    cause: (await analyze(rated, { scores: ['helpful<0.5'] })).clusters[0]!.id,
    scores: ['helpful<0.5'],
    added,
  });
  expect(suite.checks).toMatchObject([{ check: 'judge', provisional: true }]);
  expect(suite.cases.every(({ proof }) => proof === 'unproven')).toBe(true);
  expect(notes.at(-1)).toContain('no code tells this cause from passing traces');
});

test.each([
  {
    options: { cause: 'c-00000000' },
    message: 'there is no cause c-00000000; the analysis found c-',
  },
  { options: { cause: 9 }, message: 'there is no cause 9; the analysis found c-' },
  {
    options: { cause: 0 },
    message: 'cause: must be at least 1',
  },
  { options: { cause: 1, pick: 'bad-7' as never }, message: 'pick: must be a list' },
  {
    options: { cause: 1, redact: 'no' as never },
    message: 'redact: must be one of "off", "mask", "hash"',
  },
  { options: { cause: 1, nope: 1 }, message: 'there is no option nope' },
  { options: { cause: 1, all: true }, message: 'all groups every trace' },
  {
    options: { cause: 1, redact: 'hash' as const },
    message: 'redact hash needs redactSalt',
  },
])('$message', async ({ options, message }) => {
  await expect(promote(traces, options)).rejects.toMatchObject({
    code: 'invalid_option',
    message: expect.stringContaining(message),
  });
});
