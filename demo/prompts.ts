/** The two prompt versions in production, and the next one, which tells where the order id comes from. Neither says which id `refund_order` takes; v4 adds the JSON answer and the guard. */
export type PromptVersion = 'support-v3' | 'support-v4' | 'support-v5';

const BASE = `You are Nora, the support agent of an online shop for outdoor and home goods.
Be friendly and short. Use the tools to look things up, never guess prices, dates or order data.
Refund a customer with refund_order when they ask for their money back.
Answer questions on rules and products only from what search_help returns.`;

const V4 = `${BASE}
Do not help with anything dangerous, violent or illegal.
Give the final answer as JSON only: {"answer": string, "next_step": "none" | "wait" | "contact"}.`;

export const SYSTEM_PROMPTS: Readonly<Record<PromptVersion, string>> = {
  'support-v3': BASE,
  'support-v4': V4,
  'support-v5': `${V4}
Before you call refund_order, take the order_id from list_orders or from the customer.`,
};

export const TOOL_DEFINITIONS = [
  {
    type: 'function',
    name: 'get_account',
    description: 'Account of a customer by e-mail address.',
    parameters: { type: 'object', properties: { email: { type: 'string' } }, required: ['email'] },
  },
  {
    type: 'function',
    name: 'list_orders',
    description: 'Orders of an account, newest first.',
    parameters: {
      type: 'object',
      properties: { account_id: { type: 'string' } },
      required: ['account_id'],
    },
  },
  {
    type: 'function',
    name: 'refund_order',
    description: 'Refund a customer.',
    parameters: {
      type: 'object',
      properties: {
        order_id: { type: 'string', description: 'The id.' },
        reason: { type: 'string' },
      },
      required: ['order_id', 'reason'],
    },
  },
  {
    type: 'function',
    name: 'track_parcel',
    description: 'Where the parcel of an order is.',
    parameters: {
      type: 'object',
      properties: { order_id: { type: 'string' } },
      required: ['order_id'],
    },
  },
  {
    type: 'function',
    name: 'search_help',
    description: 'Search the help articles by keyword.',
    parameters: { type: 'object', properties: { query: { type: 'string' } }, required: ['query'] },
  },
] as const;
