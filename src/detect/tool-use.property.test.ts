import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../contract/json.ts';
import type { Message, SpanKind, ToolDefinition, Trace } from '../contract/trace.ts';
import { assistant, makeSpan, makeTrace, signalsOf, user } from '../testing/trace.ts';
import { agentLoop } from './detectors/agent-loop/agent-loop.ts';
import { missingToolCall } from './detectors/missing-tool-call/missing-tool-call.ts';
import { schemaViolation } from './detectors/schema-violation/schema-violation.ts';
import { toolArgumentMismatch } from './detectors/tool-argument-mismatch/tool-argument-mismatch.ts';
import { toolCallCount } from './detectors/tool-call-count/tool-call-count.ts';
import { toolWrongTool } from './detectors/tool-wrong-tool/tool-wrong-tool.ts';
import { truncation } from './detectors/truncation/truncation.ts';
import { isVerbatim } from './evidence.ts';

const detectors = [
  agentLoop,
  missingToolCall,
  schemaViolation,
  toolArgumentMismatch,
  toolCallCount,
  toolWrongTool,
  truncation,
];

const name = fc.constantFrom('refund_order', 'find.order', 'a', '', 'x|y', 'constructor', '~/');
const text = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.constantFrom(
    'Refund order OR-1234 for $20, from Ulm to Bonn, in JSON only: {"a": 1}',
    '[refund_order(order_id="OR-1234")]',
    '```python\nrefund_order(1)\n```',
    '<tool_call>{"name": "refund_order"}</tool_call>',
    '{"account": {"id": "AC-1234"}, "order_id": "OR-1234"}',
    'Error: order AC-1234 not found',
    "TypeError: x() got an unexpected keyword argument 'y'",
    '[]',
    'I will use refund_order now.',
    '<|im_end|>[',
  ),
);
const json: fc.Arbitrary<Json> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>,
  fc.constantFrom<Json>(
    { order_id: 'AC-1234' },
    { order_id: 'OR-1234', amount: 20 },
    { params: { order_id: 'OR-1234' } },
    'not json {',
    {},
  ),
);
const call = fc.oneof(
  fc.record({ id: fc.option(fc.constantFrom('1', '2')), name, arguments: json }),
  fc.constant({ id: null, name: 'a', arguments: {} }),
);
const message: fc.Arbitrary<Message> = fc.record({
  role: fc.constantFrom('system', 'user', 'assistant', 'tool'),
  content: text,
  toolCalls: fc.array(call, { maxLength: 3 }),
  toolCallId: fc.option(fc.constantFrom('1', '2')),
  name: fc.option(name),
  spanId: fc.constant(null),
});
/** One request, answered with one round of calls. */
const round: fc.Arbitrary<Message[]> = fc
  .tuple(text, fc.array(call, { maxLength: 3 }))
  .map(([request, calls]) => [
    user(request),
    assistant(calls.length === 0 ? 'I will use refund_order now.' : '', ...calls),
  ]);
const tool: fc.Arbitrary<ToolDefinition> = fc.record({
  name,
  description: text,
  parameters: fc.option(
    fc.oneof(
      fc.dictionary(
        fc.string({ maxLength: 8 }),
        fc.jsonValue({ maxDepth: 2 }),
      ) as fc.Arbitrary<JsonObject>,
      fc.constant<JsonObject>({
        type: 'object',
        properties: {
          order_id: { type: 'string', description: 'YYYY-MM-DD' },
          amount: { type: 'integer' },
        },
        required: ['order_id'],
      }),
    ),
  ),
});
const trace: fc.Arbitrary<Trace> = fc
  .record({
    messages: fc.oneof(fc.array(message, { maxLength: 12 }), round),
    tools: fc.array(tool, { maxLength: 3 }),
    spans: fc.array(
      fc.record({
        toolCall: fc.option(call),
        toolResult: fc.option(text),
        finishReason: fc.option(fc.constantFrom('length', 'stop')),
        kind: fc.constantFrom<SpanKind>('tool', 'model'),
      }),
      { maxLength: 3 },
    ),
  })
  .map(({ messages, tools, spans }) =>
    makeTrace({
      messages,
      tools,
      spans: spans.map((parts, index) => makeSpan({ ...parts, id: `s${index}` })),
    }),
  );

describe('the detectors of tool use', () => {
  it('never throw, give one answer or evidence for every yes, and are deterministic', () => {
    const heard = new Set<string>();
    fc.assert(
      fc.property(trace, (given) => {
        for (const detector of detectors) {
          const signals = signalsOf(detector, given);
          const yes = signals.filter((signal) => signal.verdict === 'yes');
          expect(yes.length === signals.length || signals.length === 1).toBe(true);
          for (const signal of yes) {
            heard.add(detector.id);
            expect(signal.evidence.length).toBeGreaterThan(0);
            expect(signal.evidence.every((item) => isVerbatim(given, item))).toBe(true);
            expect(signal.cause.length).toBeGreaterThan(0);
          }
          expect(signalsOf(detector, structuredClone(given))).toEqual(signals);
        }
      }),
      { seed: 42, numRuns: 600 },
    );
    expect([...heard].sort()).toEqual(detectors.map(({ id }) => id).sort());
  });
});
