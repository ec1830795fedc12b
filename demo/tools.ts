import type { Random } from './random.ts';
import { ARTICLES, type Article, type Customer } from './world.ts';

export interface ToolResult {
  readonly value: unknown;
  /** Set when the tool itself failed. */
  readonly error: string | null;
  readonly documents: readonly { readonly article: Article; readonly score: number }[];
}

const done = (value: unknown): ToolResult => ({ value, error: null, documents: [] });
const failed = (code: string, message: string): ToolResult => ({
  value: { error: code, message },
  error: code,
  documents: [],
});

export const getAccount = (customer: Customer): ToolResult =>
  done({ account_id: customer.accountId, name: customer.name, tier: 'standard' });

export const listOrders = (customer: Customer): ToolResult =>
  done({
    orders: customer.orders.map(({ orderId, item, total, status }) => ({
      order_id: orderId,
      item,
      total,
      status,
    })),
  });

export function refundOrder(customer: Customer, orderId: string): ToolResult {
  const order = customer.orders.find((candidate) => candidate.orderId === orderId);
  return order === undefined
    ? failed('order_not_found', `No order with id ${orderId}.`)
    : done({ refunded: true, order_id: orderId, amount: order.total });
}

/** PostNord's feed is asynchronous: after `pending_sync`, an immediate second call does not help. */
export function trackParcel(customer: Customer, orderId: string, random: Random): ToolResult {
  const order = customer.orders.find((candidate) => candidate.orderId === orderId);
  if (order === undefined) return failed('order_not_found', `No order with id ${orderId}.`);
  if (order.carrier === 'PostNord' && order.status === 'in_transit')
    return done({ order_id: orderId, carrier: order.carrier, status: 'pending_sync' });
  return done({
    order_id: orderId,
    carrier: order.carrier,
    status: order.status,
    expected: `2026-06-${String(random.integer(10, 28))}`,
  });
}

/** Keyword search without synonyms; returns the most viewed articles if nothing matches. */
export function searchHelp(query: string, random: Random): ToolResult {
  const words = new Set(query.toLowerCase().match(/[a-z]+/g));
  const hits = ARTICLES.filter((article) => article.keywords.some((word) => words.has(word)));
  const found = hits.length > 0 ? hits.slice(0, 2) : popular(random);
  return {
    value: found.map(({ id, title, text }) => ({ id, title, text })),
    error: null,
    documents: found.map((article, index) => ({
      article,
      score: round((hits.length > 0 ? 0.86 : 0.31) - index * 0.07 - random.next() * 0.05),
    })),
  };
}

const popular = (random: Random): Article[] => {
  const rest = ARTICLES.filter(
    ({ id }) => id === 'kb-payment' || id === 'kb-size' || id === 'kb-care',
  );
  return random.chance(0.5) ? rest.slice(0, 2) : rest.slice(1);
};

const round = (value: number): number => Math.round(value * 100) / 100;
