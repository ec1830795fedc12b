import { describe, expect, test } from 'vitest';
import { ANSWER, QUESTION, TOO_LONG } from './model-endpoint.ts';
import { isInstalled, tracesOf } from './python-client.ts';

/**
 * Clients for Python, each in an application that answers a question with a tool, and then asks too much of the model.
 * `npm run test:clients` installs them first; those that are not installed are skipped.
 */
interface Client {
  readonly name: string;
  /** Where the client records more or less than all do. */
  readonly trace: object;
  readonly kinds: readonly string[];
  /** Finish reasons of the model's two turns; null where the client leaves them out. */
  readonly finish: readonly (string | null)[];
  /** Whether it records the tool's run, not only the call in the conversation. */
  readonly hasToolSpan: boolean;
  readonly errorType: string;
}

const WHO = { user: 'u1', session: 's1' };
const PASSAGE = { documents: [{ content: 'Order 17 was sent.' }] };
const HELPFUL = { scores: [{ name: 'helpful', value: 0, explanation: 'too short' }] };
const ENDS = ['tool_call', 'stop'];
const NO_ENDS = [null, null];

const CLIENTS: readonly Client[] = [
  {
    name: 'openinference',
    trace: { ...WHO, ...PASSAGE, tags: ['shop'], provider: 'openai' },
    kinds: ['workflow', 'step', 'model', 'step', 'tool', 'retrieval', 'step', 'model'],
    ...{ finish: ENDS, hasToolSpan: true, errorType: 'BadRequestError' },
  },
  {
    name: 'traceloop',
    trace: { ...WHO, project: 'shop', provider: 'openai' },
    kinds: ['workflow', 'agent', 'model', 'tool', 'model'],
    ...{ finish: ENDS, hasToolSpan: true, errorType: 'BadRequestError' },
  },
  {
    name: 'langfuse',
    trace: { ...WHO, ...PASSAGE, ...HELPFUL, tags: ['shop'] },
    kinds: ['agent', 'retrieval', 'model', 'tool', 'model'],
    ...{ finish: NO_ENDS, hasToolSpan: true, errorType: '400' },
  },
  {
    name: 'langsmith',
    trace: { ...WHO, ...PASSAGE, ...HELPFUL, tags: ['shop'], provider: 'openai' },
    kinds: ['workflow', 'retrieval', 'model', 'tool', 'model'],
    ...{ finish: ENDS, hasToolSpan: true, errorType: 'BadRequestError' },
  },
  {
    name: 'pydanticai',
    trace: { name: 'support', provider: 'openai' },
    kinds: ['agent', 'model', 'tool', 'model'],
    ...{ finish: ENDS, hasToolSpan: true, errorType: 'ModelContextWindowExceededError' },
  },
  {
    name: 'strands',
    trace: { ...WHO, name: 'support', model: 'small', tools: [], output: `${ANSWER}\n` },
    kinds: ['agent', 'step', 'model', 'tool', 'step', 'model'],
    ...{ finish: ENDS, hasToolSpan: true, errorType: 'ContextWindowOverflowException' },
  },
  {
    name: 'traceai',
    trace: { ...WHO, project: 'shop', tags: ['shop'], provider: 'openai' },
    kinds: ['workflow', 'model', 'model'],
    ...{ finish: NO_ENDS, hasToolSpan: false, errorType: 'BadRequestError' },
  },
];

describe.each(CLIENTS)('$name', ({ name, trace: own, kinds, finish, hasToolSpan, errorType }) => {
  test.skipIf(!isInstalled(name))('an answer with a tool, and a refused request', async () => {
    const [answered, refused, ...more] = await tracesOf(name);
    expect(more).toEqual([]);
    expect(answered?.trace).toMatchObject({
      ...{ input: QUESTION, output: ANSWER, model: 'small-2026', error: null, gaps: [] },
      usage: { inputTokens: 31, outputTokens: 12 },
      tools: [{ name: 'find_order' }],
      ...own,
    });
    expect(answered?.trace.messages).toMatchObject([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: QUESTION },
      { role: 'assistant', toolCalls: [{ name: 'find_order', arguments: { order: 17 } }] },
      { role: 'tool', content: expect.stringContaining('shipped') },
      { role: 'assistant', content: ANSWER },
    ]);
    const spans = answered?.trace.spans ?? [];
    expect(spans.map(({ kind }) => kind)).toEqual(kinds);
    const models = spans.filter(({ kind }) => kind === 'model');
    expect(models.map(({ finishReason }) => finishReason)).toEqual(finish);
    const tool = spans.find(({ kind }) => kind === 'tool');
    if (hasToolSpan)
      expect(tool).toMatchObject({
        toolCall: { name: 'find_order', arguments: { order: 17 } },
        toolResult: expect.stringMatching(/^(?:shipped|\{"status": ?"shipped"\})/),
      });
    expect(answered?.summary.failed).toBe('scores' in own);

    expect(refused?.trace).toMatchObject({
      ...{ input: TOO_LONG, output: '', model: 'small', status: 'error' },
      error: { type: errorType, message: expect.stringContaining('8192 tokens') },
    });
    expect(refused?.summary).toMatchObject({ failed: true });
  });
});
