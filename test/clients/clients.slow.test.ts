import { describe, expect, test } from 'vitest';
import { tracesOf } from './client.ts';
import { type Client, isInstalled } from './client-folders.ts';
import { ANSWER, QUESTION, TOO_LONG } from './model-endpoint.ts';

/**
 * Clients, each in an application that answers a question with a tool, and then asks too much of the model.
 * `npm run test:clients` installs them first; those that are not installed are skipped.
 */
interface Application extends Client {
  readonly file: string;
  /** Where the client records more or less than all do. */
  readonly trace: object;
  readonly kinds: readonly string[];
  /** Finish reasons of the model's two turns; null where the client leaves them out. */
  readonly finish: readonly (string | null)[];
  /** Whether it records the tool's run, not only the call in the conversation. */
  readonly hasToolSpan: boolean;
  /** Null where the client loses the whole trace of a call that fails. */
  readonly errorType: string | null;
  /** The call that fails is lost; the function around it has the error. */
  readonly losesCall?: true;
}

const WHO = { user: 'u1', session: 's1' };
const PASSAGE = { documents: [{ content: 'Order 17 was sent.' }] };
const HELPFUL = { scores: [{ name: 'helpful', value: 0, explanation: 'too short' }] };
const ENDS = ['tool_call', 'stop'];
const NO_ENDS = [null, null];

const python = (name: string) => ({ language: 'python', name, file: 'app.py' }) as const;
const javascript = (name: string, file = 'app.js') =>
  ({ language: 'javascript', name, file }) as const;

const APPLICATIONS: readonly Application[] = [
  {
    ...python('openinference'),
    trace: { ...WHO, ...PASSAGE, tags: ['shop'], provider: 'openai' },
    kinds: ['workflow', 'step', 'model', 'step', 'tool', 'retrieval', 'step', 'model'],
    ...{ finish: ENDS, hasToolSpan: true, errorType: 'BadRequestError' },
  },
  {
    ...python('traceloop'),
    trace: { ...WHO, project: 'shop', provider: 'openai' },
    kinds: ['workflow', 'agent', 'model', 'tool', 'model'],
    ...{ finish: ENDS, hasToolSpan: true, errorType: 'BadRequestError' },
  },
  {
    ...python('langfuse'),
    trace: { ...WHO, ...PASSAGE, ...HELPFUL, tags: ['shop'] },
    kinds: ['agent', 'retrieval', 'model', 'tool', 'model'],
    ...{ finish: NO_ENDS, hasToolSpan: true, errorType: '400' },
  },
  {
    ...python('langsmith'),
    trace: { ...WHO, ...PASSAGE, ...HELPFUL, tags: ['shop'], provider: 'openai' },
    kinds: ['workflow', 'retrieval', 'model', 'tool', 'model'],
    ...{ finish: ENDS, hasToolSpan: true, errorType: 'BadRequestError' },
  },
  {
    ...python('pydanticai'),
    trace: { name: 'support', provider: 'openai' },
    kinds: ['agent', 'model', 'tool', 'model'],
    ...{ finish: ENDS, hasToolSpan: true, errorType: 'ModelContextWindowExceededError' },
  },
  {
    ...python('strands'),
    trace: { ...WHO, name: 'support', model: 'small', tools: [], output: `${ANSWER}\n` },
    kinds: ['agent', 'step', 'model', 'tool', 'step', 'model'],
    ...{ finish: ENDS, hasToolSpan: true, errorType: 'ContextWindowOverflowException' },
  },
  {
    ...python('traceai'),
    trace: { ...WHO, project: 'shop', tags: ['shop'], provider: 'openai' },
    kinds: ['workflow', 'model', 'model'],
    ...{ finish: NO_ENDS, hasToolSpan: false, errorType: 'BadRequestError' },
  },
  {
    ...javascript('openinference'),
    trace: { ...WHO, ...PASSAGE, project: 'shop', tags: ['shop'], provider: 'openai' },
    kinds: ['agent', 'retrieval', 'model', 'tool', 'model'],
    ...{ finish: ENDS, hasToolSpan: true, errorType: 'context_length_exceeded', losesCall: true },
  },
  {
    ...javascript('openinference', 'langchain.js'),
    // The model that answered is not recorded.
    trace: { ...WHO, ...PASSAGE, project: 'shop', tags: ['shop'], model: 'small' },
    kinds: [
      ...['workflow', 'step', 'step', 'model', 'step', 'step', 'tool', 'retrieval'],
      ...['step', 'model', 'step'],
    ],
    ...{ finish: ENDS, hasToolSpan: true, errorType: '400' },
  },
  {
    ...javascript('traceloop'),
    trace: { ...WHO, project: 'shop', provider: 'openai' },
    kinds: ['workflow', 'agent', 'model', 'tool', 'model'],
    ...{ finish: ENDS, hasToolSpan: true, errorType: null },
  },
];

describe.each(APPLICATIONS)('$language/$name/$file', (application) => {
  const {
    trace: own,
    kinds,
    finish,
    hasToolSpan,
    errorType,
    losesCall,
    file = 'app',
  } = application;
  test.skipIf(!isInstalled(application))(
    'an answer with a tool, and a refused request',
    async () => {
      const [answered, refused, ...more] = await tracesOf(application, file);
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

      if (errorType === null) {
        expect(refused).toBe(undefined);
        return;
      }
      expect(refused?.trace).toMatchObject({
        ...{ input: TOO_LONG, output: '', status: 'error', model: losesCall ? null : 'small' },
        error: { type: errorType, message: expect.stringContaining('8192 tokens') },
      });
      expect(refused?.summary).toMatchObject({ failed: true });
    },
  );
});
