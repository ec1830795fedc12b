import type { Category } from '../../../contract/category.ts';
import type { Json } from '../../../contract/json.ts';
import type { Evidence } from '../../../contract/signal.ts';

/** One planted cause of the synthetic report: the label of its cluster, and what its traces look like. */
export interface Cause {
  readonly title: string;
  readonly category: Category;
  readonly share: number;
  readonly detector: string;
  readonly terms: readonly string[];
  readonly reasons: readonly string[];
  readonly ask: readonly string[];
  readonly tool: string;
  readonly wrong: (n: number) => Record<string, Json>;
  readonly pointer: string;
  readonly quote: (n: number) => string;
  readonly result: string;
  readonly answer: (n: number) => string;
}

export const CAUSES: readonly Cause[] = [
  {
    title: '`refund_order` called with the value of `account_id` in `order_id`',
    category: {
      id: 'tool_arguments',
      name: 'Wrong tool arguments',
      definition:
        'Every argument of a tool call is the value the tool asks for, from a source that names it.',
      severity: 5,
      layer: 'prompt',
      fixCost: 1,
    },
    share: 0.41,
    detector: 'argument_provenance',
    terms: ['refund_order', 'account_id', 'order_id', 'refund', 'not found', 'ACC-'],
    reasons: [
      'In 168 of 169 failures `refund_order` received the value of `account_id` of `get_account`',
      'All of them stop at the same step: refund_order answers order_not_found',
    ],
    ask: [
      'I want my money back for the blender, it arrived broken.',
      'Please refund my last order, the shoes are two sizes too small.',
      'The lamp never came. Can you refund me?',
      'Refund please!! second time I ask',
    ],
    tool: 'refund_order',
    wrong: (n) => ({ order_id: `ACC-${4100 + n}`, amount: 39.9 + (n % 7), reason: 'damaged' }),
    pointer: 'arguments/order_id',
    quote: (n) => `ACC-${4100 + n}`,
    result: '{"error":"order_not_found","message":"No order with this id"}',
    answer: () => 'I am sorry, I could not find that order. Please check the number and try again.',
  },
  {
    title: 'Answers about the warranty without a passage that covers it',
    category: {
      id: 'retrieval_miss',
      name: 'Retrieval miss',
      definition:
        'The retrieved passages contain what the answer needs, or the answer says that they do not.',
      severity: 4,
      layer: 'retrieval',
      fixCost: 3,
    },
    share: 0.22,
    detector: 'retrieval_miss',
    terms: ['warranty', 'guarantee', 'years', 'coverage', 'search_docs', 'battery'],
    reasons: [
      'The best passage scores under 0.3 in 84 of 91 failures; passing traces have a median of 0.71',
      'The word warranty occurs in 88 of 91 questions and in none of the passages',
    ],
    ask: [
      'How long is the warranty on the cordless drill?',
      'Does the guarantee cover the battery too?',
      'What is covered in the second year of warranty?',
    ],
    tool: 'search_docs',
    wrong: (n) => ({ query: 'warranty terms', top_k: 4, filters: { locale: 'en', page: n % 3 } }),
    pointer: '',
    quote: () => 'covered for five years',
    result: '[{"title":"Shipping times","score":0.21},{"title":"Returns","score":0.18}]',
    answer: () =>
      'Good news: the drill and its battery are covered for five years, no questions asked.',
  },
  {
    title: 'The same order lookup is repeated until the step budget ends',
    category: {
      id: 'agent_loop',
      name: 'Agent loop',
      definition:
        'The agent never repeats a call with the same arguments and result; it changes course or stops.',
      severity: 3,
      layer: 'orchestration',
      fixCost: 3,
    },
    share: 0.14,
    detector: 'agent_loop',
    terms: ['get_order', 'step budget', 'pending', 'retry', 'repeated'],
    reasons: ['get_order is called 6 or more times with equal arguments in all 58 failures'],
    ask: ['Where is my parcel?', 'Has order 88121 left the warehouse yet?', 'Track my delivery'],
    tool: 'get_order',
    wrong: (n) => ({ order_id: `ORD-${88000 + n}` }),
    pointer: 'arguments',
    quote: (n) => `{"order_id":"ORD-${88000 + n}"}`,
    result: '{"status":"pending","retry_after":5}',
    answer: () => '',
  },
  {
    title: 'Refuses harmless questions about battery disposal',
    category: {
      id: 'over_refusal',
      name: 'Refusal over-trigger',
      definition: 'A request the policy allows is answered.',
      severity: 2,
      layer: 'model',
      fixCost: 2,
    },
    share: 0.08,
    detector: 'refusal',
    terms: ['dispose', 'lithium', 'cannot help', 'unsafe', 'battery'],
    reasons: ['Every answer opens with a refusal; the policy has no rule on disposal'],
    ask: ['How do I dispose of the old lithium battery?', 'Can I throw the battery in the bin?'],
    tool: 'check_policy',
    wrong: () => ({ topic: 'hazardous_goods' }),
    pointer: '',
    quote: () => 'I cannot help with that',
    result: '{"allowed":true}',
    answer: () => 'I cannot help with that. Handling batteries can be unsafe.',
  },
  {
    title: 'The reply is not the JSON the checkout asks for since prompt v2',
    category: {
      id: 'schema_violation',
      name: 'Schema violation',
      definition: 'The output parses and matches the schema the application asked for.',
      severity: 3,
      layer: 'prompt',
      fixCost: 1,
    },
    share: 0.05,
    detector: 'schema_violation',
    terms: ['```json', 'total_cents', 'required', 'checkout'],
    reasons: ['total_cents is missing in 21 of 21 outputs', 'All run with prompt version v2'],
    ask: ['Add two mugs and check out', 'Order the same as last month'],
    tool: 'create_basket',
    wrong: (n) => ({ items: [{ sku: 'MUG-1', quantity: 2 }], basket: n }),
    pointer: '',
    quote: () => '"total": "19.80 EUR"',
    result: '{"basket":"open"}',
    answer: () => '```json\n{"status": "ok", "total": "19.80 EUR"}\n```',
  },
];

/** Where the cause shows in the trace made for failure `n`. */
export function makeEvidence(cause: Cause, n: number): Evidence {
  const path =
    cause.pointer === '' ? '/messages/4/content' : `/messages/2/toolCalls/0/${cause.pointer}`;
  return { spanId: null, path, quote: cause.quote(n) };
}
