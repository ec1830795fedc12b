import { text as readAll } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import type { Conversation } from './conversation.ts';
import { conversation } from './conversation.ts';
import { type Random, randomFrom } from './random.ts';
import { recorderFor } from './recorder.ts';
import { getAccount, listOrders, refundOrder } from './tools.ts';
import { type Customer, customerFrom, ITEMS, type Order } from './world.ts';

/** Versions of the support agent as they answer requests for a refund. */
const VERSIONS = {
  /** v4 at temperature 0: it never looks an order up, so it takes the account id where the customer names no order. */
  v4: (run: RefundRun) => refund(run, run.named ?? run.customer.accountId, false),
  /** v5 says where the order id comes from. */
  v5: (run: RefundRun) => refund(run, run.order.orderId, true),
  /** Tells the agent to be sure of the order: where the customer names none, it looks again and again. */
  'v5-loop': (run: RefundRun) => (run.named === null ? loop(run) : refund(run, run.named, false)),
  /** Forbids the agent to touch money. */
  'v5-strict': (run: RefundRun) => refuse(run),
  /** v5 at a high temperature. */
  'v5-hot': (run: RefundRun) =>
    run.random.chance(0.5)
      ? refund(run, run.order.orderId, true)
      : refund(run, run.customer.accountId, false),
} as const;

interface RefundRun {
  readonly talk: Conversation;
  /** Of this attempt. */
  readonly random: Random;
  readonly customer: Customer;
  readonly order: Order;
  /** The order id in the request; null where it has none. */
  readonly named: string | null;
}

interface Case {
  readonly input: string;
  readonly seed: number;
}

/** Answers a case as a version does; the trace as OTLP/JSON. */
export function answer(version: keyof typeof VERSIONS, { input, seed }: Case): string {
  const customer = customerOf(randomFrom(hashOf(input)), input);
  const random = randomFrom(seed);
  const recorder = recorderFor('shop-support', '2.15.0', random);
  const talk = conversation(
    {
      ...{ random, recorder, startTime: Date.UTC(2026, 5, 20, 8), tenant: 'acme-outdoor' },
      session: `session-${random.hex(8)}`,
      promptVersion: version === 'v4' ? 'support-v4' : 'support-v5',
    },
    input,
  );
  const [order] = customer.orders;
  VERSIONS[version]({ talk, random, customer, order: order!, named: orderIdIn(input) });
  talk.end(null);
  return recorder.lines(1000).join('\n');
}

/** The customer of a request, with the item that it names. */
function customerOf(random: Random, input: string): Customer {
  const customer = customerFrom(random);
  const [first] = customer.orders;
  const item = ITEMS.find((each) => input.includes(each)) ?? first!.item;
  const orderId = orderIdIn(input) ?? first!.orderId;
  return { ...customer, orders: [{ ...first!, item, orderId }, ...customer.orders.slice(1)] };
}

const orderIdIn = (input: string): string | null => /\b5\d{7}\b/.exec(input)?.[0] ?? null;

function refund({ talk, customer, order }: RefundRun, id: string, looks: boolean): void {
  talk.use('get_account', { email: customer.email }, getAccount(customer));
  if (looks) talk.use('list_orders', { account_id: customer.accountId }, listOrders(customer));
  const { error } = talk.use(
    'refund_order',
    { order_id: id, reason: 'customer request' },
    refundOrder(customer, id),
  );
  if (error === null)
    say(
      talk,
      `I have refunded the ${order.item}. You will see ${order.total} within 5 days.`,
      'wait',
    );
  else say(talk, 'The refund did not go through on my side. Could you try again later?', 'contact');
}

function loop({ talk, customer }: RefundRun): void {
  talk.use('get_account', { email: customer.email }, getAccount(customer));
  for (let step = 0; step < 8; step += 1)
    talk.use('list_orders', { account_id: customer.accountId }, listOrders(customer));
  say(talk, 'One moment, I am looking at your orders again.', 'wait');
}

const refuse = ({ talk }: RefundRun): void =>
  say(talk, "I'm sorry, but I can't help with refunds.", 'contact');

const say = (talk: Conversation, text: string, next: string): void =>
  talk.think({ kind: 'answer', text: JSON.stringify({ answer: text, next_step: next }) });

/** 32-bit FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  return hash >>> 0;
}

const isVersion = (name: string): name is keyof typeof VERSIONS => Object.hasOwn(VERSIONS, name);

/** `node demo/target.ts v5`: reads a case from standard input. `dead` cannot reach its model. */
async function main(): Promise<void> {
  const [version = ''] = parseArgs({ allowPositionals: true }).positionals;
  if (version === 'dead') {
    process.stderr.write('the model endpoint does not answer\n');
    process.exitCode = 69;
  } else if (isVersion(version)) {
    process.stdout.write(`${answer(version, JSON.parse(await readAll(process.stdin)))}\n`);
  } else {
    process.stderr.write(`no version ${version}: ${Object.keys(VERSIONS).join(', ')}, dead\n`);
    process.exitCode = 64;
  }
}

if (import.meta.main) await main();
