import type { Attributes, Span } from '@opentelemetry/api';
import { type PromptVersion, SYSTEM_PROMPTS, TOOL_DEFINITIONS } from './prompts.ts';
import type { Random } from './random.ts';
import type { Recorder } from './recorder.ts';
import type { ToolResult } from './tools.ts';

export interface Setting {
  readonly random: Random;
  readonly recorder: Recorder;
  readonly startTime: number;
  readonly tenant: string;
  readonly session: string;
  readonly promptVersion: PromptVersion;
}

/** A run of the agent in progress: its clock, its history, its open root span. */
export interface Conversation {
  readonly traceId: string;
  readonly think: (output: ModelOutput) => void;
  /** Records a model call that times out. */
  readonly timeOut: () => void;
  readonly use: (name: string, args: Attributes, result: ToolResult) => ToolResult;
  readonly feedback: (label: 'thumbs_up' | 'thumbs_down') => void;
  readonly end: (failure: string | null) => void;
}

type ModelOutput =
  | { readonly kind: 'answer'; readonly text: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: Attributes };

type Part = Readonly<Record<string, unknown>>;

const MODEL = 'aster-2-mini';

export function conversation(setting: Setting, userText: string): Conversation {
  const { random, recorder } = setting;
  let clock = setting.startTime;
  let calls = 0;
  const history: Part[] = [{ role: 'user', parts: [{ type: 'text', content: userText }] }];
  const root: Span = recorder.start('invoke_agent nora', clock, {
    'gen_ai.operation.name': 'invoke_agent',
    'gen_ai.provider.name': 'openai',
    'gen_ai.agent.name': 'nora',
    'gen_ai.conversation.id': setting.session,
    'gen_ai.prompt.name': 'support',
    'gen_ai.prompt.version': setting.promptVersion,
    'gen_ai.output.type': setting.promptVersion === 'support-v3' ? 'text' : 'json',
    'gen_ai.system_instructions': JSON.stringify([
      { type: 'text', content: SYSTEM_PROMPTS[setting.promptVersion] },
    ]),
    'gen_ai.tool.definitions': JSON.stringify(TOOL_DEFINITIONS),
    'gen_ai.input.messages': JSON.stringify(history),
    'tenant.id': setting.tenant,
  });
  const spend = (median: number): number => {
    clock += Math.round(random.around(median, 0.22));
    return clock;
  };

  const think = (output: ModelOutput): void => {
    const parts: Part[] =
      output.kind === 'answer'
        ? [{ type: 'text', content: output.text }]
        : [{ type: 'tool_call', id: `call_${calls}`, name: output.name, arguments: output.args }];
    const finish = output.kind === 'answer' ? 'stop' : 'tool_call';
    const message = { role: 'assistant', parts, finish_reason: finish };
    const inputTokens = Math.round(JSON.stringify(history).length / 4) + 310;
    const span = recorder.start(
      `chat ${MODEL}`,
      clock,
      {
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'openai',
        'gen_ai.request.model': MODEL,
        'gen_ai.response.model': MODEL,
        'gen_ai.response.finish_reasons': [finish],
        'gen_ai.input.messages': JSON.stringify(history),
        'gen_ai.output.messages': JSON.stringify([message]),
        'gen_ai.usage.input_tokens': inputTokens,
        'gen_ai.usage.output_tokens': Math.round(JSON.stringify(parts).length / 4),
      },
      root,
    );
    span.end(spend(output.kind === 'answer' ? 1100 : 640));
    history.push({ role: 'assistant', parts });
    if (output.kind === 'answer')
      root.setAttribute('gen_ai.output.messages', JSON.stringify([message]));
  };

  const use = (name: string, args: Attributes, result: ToolResult): ToolResult => {
    think({ kind: 'call', name, args });
    const id = `call_${calls}`;
    calls += 1;
    const retrieval = result.documents.length > 0;
    const span = recorder.start(
      `execute_tool ${name}`,
      clock,
      {
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': name,
        'gen_ai.tool.call.id': id,
        'gen_ai.tool.call.arguments': JSON.stringify(args),
        'gen_ai.tool.call.result': JSON.stringify(result.value),
        ...(retrieval
          ? {
              'gen_ai.retrieval.query.text': String(args['query']),
              'gen_ai.retrieval.documents': JSON.stringify(
                result.documents.map(({ article, score }) => ({
                  id: article.id,
                  title: article.title,
                  content: article.text,
                  score,
                })),
              ),
            }
          : {}),
      },
      root,
    );
    if (result.error !== null) recorder.fail(span, result.error, `${name}: ${result.error}`);
    span.end(spend(retrieval ? 160 : 90));
    history.push({
      role: 'tool',
      parts: [{ type: 'tool_call_response', id, response: result.value }],
    });
    return result;
  };

  return {
    traceId: root.spanContext().traceId,
    think,
    use,
    timeOut: () => {
      const span = recorder.start(
        `chat ${MODEL}`,
        clock,
        {
          'gen_ai.operation.name': 'chat',
          'gen_ai.provider.name': 'openai',
          'gen_ai.request.model': MODEL,
          'gen_ai.input.messages': JSON.stringify(history),
        },
        root,
      );
      recorder.fail(span, 'timeout', 'Request timed out after 30000 ms');
      clock += 30_000;
      span.end(clock);
    },
    feedback: (label) => {
      root.addEvent(
        'gen_ai.evaluation.result',
        { 'gen_ai.evaluation.name': 'user_feedback', 'gen_ai.evaluation.score.label': label },
        clock,
      );
    },
    end: (failure) => {
      if (failure !== null) recorder.fail(root, failure, failure);
      root.end(clock + 1);
    },
  };
}
