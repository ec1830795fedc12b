import type { Conversation, Setting } from './conversation.ts';
import { conversation } from './conversation.ts';
import {
  EDGY_QUESTIONS,
  KNOWN_QUESTIONS,
  question,
  refundRequest,
  smallTalk,
  trackingRequest,
  UNKNOWN_QUESTIONS,
} from './phrases.ts';
import type { Random } from './random.ts';
import { getAccount, listOrders, refundOrder, searchHelp, trackParcel } from './tools.ts';
import { ARTICLES, type Customer, type Order } from './world.ts';

type Cause =
  | 'healthy'
  | 'refund_account_id'
  | 'retrieval_miss'
  | 'tracking_loop'
  | 'refusal'
  | 'schema_break'
  | 'timeout';

export interface Run {
  readonly traceId: string;
  readonly cause: Cause;
}

type Intent = 'refund' | 'tracking' | 'known' | 'unknown' | 'edgy' | 'small_talk';

const INTENTS: readonly (readonly [Intent, number])[] = [
  ['refund', 0.17],
  ['tracking', 0.25],
  ['known', 0.26],
  ['unknown', 0.036],
  ['edgy', 0.08],
  ['small_talk', 0.204],
];
const STEP_BUDGET = 8;

/** Simulates one run: one customer with one request. The cause follows from the agent's actions, not the other way around. */
export function runAgent(setting: Setting, customer: Customer): Run {
  const { random } = setting;
  const intent = intentFrom(random);
  const order = random.pick(customer.orders);
  const text = requestText(random, intent, customer, order);
  const talk = conversation(setting, text);
  const cause = random.chance(0.004)
    ? timeout(talk)
    : act(talk, setting, customer, order, intent, text);
  if (cause === 'healthy' ? random.chance(0.003) : random.chance(0.25))
    talk.feedback('thumbs_down');
  else if (cause === 'healthy' && random.chance(0.12)) talk.feedback('thumbs_up');
  talk.end(cause === 'timeout' ? 'timeout' : null);
  return { traceId: talk.traceId, cause };
}

const intentFrom = (random: Random): Intent => {
  let left = random.next();
  for (const [intent, share] of INTENTS) {
    left -= share;
    if (left < 0) return intent;
  }
  return 'small_talk';
};

function requestText(random: Random, intent: Intent, customer: Customer, order: Order): string {
  switch (intent) {
    case 'refund':
      return refundRequest(random, customer, order);
    case 'tracking':
      return trackingRequest(random, order);
    case 'known':
      return question(random, KNOWN_QUESTIONS);
    case 'unknown':
      return question(random, UNKNOWN_QUESTIONS);
    case 'edgy':
      return question(random, EDGY_QUESTIONS);
    case 'small_talk':
      return smallTalk(random);
  }
}

function act(
  talk: Conversation,
  setting: Setting,
  customer: Customer,
  order: Order,
  intent: Intent,
  text: string,
): Cause {
  switch (intent) {
    case 'refund':
      return refund(talk, setting, customer, order, text);
    case 'tracking':
      return tracking(talk, setting, customer, order);
    case 'known':
      return help(talk, setting, text);
    case 'unknown':
      return miss(talk, setting, text);
    case 'edgy':
      return edgy(talk, setting, text);
    case 'small_talk':
      return chat(talk, setting);
  }
}

/** The prompt does not say which id `refund_order` takes, so the model uses the one it has. */
function refund(
  talk: Conversation,
  setting: Setting,
  customer: Customer,
  order: Order,
  text: string,
): Cause {
  const { random } = setting;
  talk.use('get_account', { email: customer.email }, getAccount(customer));
  const named = text.includes(order.orderId);
  const looked = named || random.chance(0.45);
  if (looked && !named)
    talk.use('list_orders', { account_id: customer.accountId }, listOrders(customer));
  const id = looked ? order.orderId : customer.accountId;
  const reason = random.pick([
    'customer request',
    'damaged',
    'wrong item',
    'not as described',
    'returned',
  ]);
  const result = talk.use('refund_order', { order_id: id, reason }, refundOrder(customer, id));
  if (result.error === null) {
    say(
      talk,
      setting,
      random.pick([
        `Done, ${order.total} for the ${order.item} is on its way back to you.`,
        `I have refunded the ${order.item}. You will see ${order.total} within 5 days.`,
        `Your refund of ${order.total} is booked.`,
      ]),
      'wait',
    );
    return 'healthy';
  }
  say(
    talk,
    setting,
    random.pick([
      'I was not able to process the refund just now. Our team will look into it.',
      'Something went wrong with the refund of your purchase, please contact the service desk.',
      'The refund did not go through on my side. Could you try again later?',
      `I am afraid the ${order.item} refund failed. A colleague will get back to you.`,
      'The system did not accept the refund. I have left a note for the team.',
    ]),
    'contact',
  );
  return 'refund_account_id';
}

/** PostNord answers `pending_sync`, and nothing makes the agent stop polling. */
function tracking(talk: Conversation, setting: Setting, customer: Customer, order: Order): Cause {
  const { random } = setting;
  const look = (): string => {
    const result = talk.use(
      'track_parcel',
      { order_id: order.orderId },
      trackParcel(customer, order.orderId, random),
    );
    return (result.value as { status: string }).status;
  };
  let status = look();
  for (let step = 1; status === 'pending_sync' && step < STEP_BUDGET; step += 1) status = look();
  if (status === 'pending_sync') {
    say(
      talk,
      setting,
      random.pick([
        'I am still checking on your parcel.',
        'One moment, I am looking at the parcel again.',
        'The parcel is being looked up.',
      ]),
      'wait',
    );
    return 'tracking_loop';
  }
  say(
    talk,
    setting,
    random.pick([
      `Your ${order.item} is ${status.replace('_', ' ')} with ${order.carrier}.`,
      `${order.carrier} reports: ${status.replace('_', ' ')}.`,
      `Good news, I found the parcel: ${status.replace('_', ' ')}.`,
    ]),
    'none',
  );
  return 'healthy';
}

/** v4 asks for bare JSON; sometimes the model wraps it in a chat answer. */
function help(talk: Conversation, setting: Setting, text: string): Cause {
  const { random } = setting;
  const words: readonly string[] = text.toLowerCase().match(/[a-z]+/g) ?? [];
  const article =
    ARTICLES.find(({ keywords }) => keywords.some((word) => words.includes(word))) ?? ARTICLES[0]!;
  talk.use(
    'search_help',
    { query: article.keywords[0]! },
    searchHelp(article.keywords[0]!, random),
  );
  if (setting.promptVersion === 'support-v4' && random.chance(0.14)) {
    const json = JSON.stringify({ answer: article.text, next_step: 'none' }, null, 2);
    const opening = random.pick([
      'Sure! Here is what I found:',
      'Of course, here you go:',
      'Happy to help!',
      "Here's the answer:",
    ]);
    talk.think({ kind: 'answer', text: `${opening}\n\n\`\`\`json\n${json}\n\`\`\`` });
    return 'schema_break';
  }
  say(talk, setting, article.text, 'none');
  return 'healthy';
}

/** The search has no synonyms, so the customer's words find nothing useful. */
function miss(talk: Conversation, setting: Setting, text: string): Cause {
  const { random } = setting;
  const query = text
    .replaceAll(/[^A-Za-z ]/g, '')
    .split(' ')
    .filter((word) => word.length > 3)
    .slice(0, random.integer(3, 6))
    .join(' ')
    .toLowerCase();
  talk.use('search_help', { query }, searchHelp(query, random));
  say(
    talk,
    setting,
    random.pick([
      'I could not find anything about that in our help articles.',
      'Unfortunately I have no information on this.',
      'Our help pages do not cover that, I am afraid.',
      'I did not find an answer to your question in the documentation.',
      'There is nothing on this in the articles I can see.',
    ]),
    'contact',
  );
  return 'retrieval_miss';
}

/** The guard of v4 mistakes harmless words for danger. */
function edgy(talk: Conversation, setting: Setting, text: string): Cause {
  const { random } = setting;
  if (setting.promptVersion === 'support-v4' && random.chance(0.62)) {
    say(
      talk,
      setting,
      random.pick([
        "I'm sorry, but I can't help with that.",
        'I cannot assist with requests that could be dangerous.',
        "Sorry, I'm not able to provide information about this.",
        'I am unable to help with anything violent or harmful.',
        "I can't discuss that topic. Is there something else I can do for you?",
        'For safety reasons I have to decline this request.',
      ]),
      'none',
    );
    return 'refusal';
  }
  const words: readonly string[] = text.toLowerCase().match(/[a-z]+/g) ?? [];
  const article = ARTICLES.find(({ keywords }) => keywords.some((word) => words.includes(word)));
  if (article === undefined) return chat(talk, setting);
  const query = article.keywords.find((word) => words.includes(word))!;
  talk.use('search_help', { query }, searchHelp(query, random));
  say(talk, setting, article.text, 'none');
  return 'healthy';
}

function chat(talk: Conversation, setting: Setting): Cause {
  say(
    talk,
    setting,
    setting.random.pick([
      'Thank you! Is there anything else I can do for you?',
      'Yes, you find it in the shop under new arrivals.',
      'Both are good, the product pages list the details side by side.',
      'I am Nora, the digital assistant of the shop.',
    ]),
    'none',
  );
  return 'healthy';
}

function timeout(talk: Conversation): Cause {
  talk.timeOut();
  return 'timeout';
}

const say = (talk: Conversation, setting: Setting, answer: string, next: string): void => {
  const text =
    setting.promptVersion === 'support-v4' ? JSON.stringify({ answer, next_step: next }) : answer;
  talk.think({ kind: 'answer', text });
};
