import type { Json } from '../../contract/json.ts';
import type { Message, ToolDefinition } from '../../contract/trace.ts';
import type { ChatModel } from '../model/provider-model.ts';

type CallOptions = Parameters<ChatModel['doGenerate']>[0];
type Prompt = CallOptions['prompt'];
type Generated = Awaited<ReturnType<ChatModel['doGenerate']>>;
type AssistantContent = Extract<Prompt[number], { role: 'assistant' }>['content'];

type ToolContent = Extract<Prompt[number], { role: 'tool' }>['content'];

/**
 * Messages as the AI SDK takes them: results of tools that follow one another are one message, and every call has an
 * id. A result that names none answers the earliest open call of its tool.
 */
export function promptOf(messages: readonly Message[]): Prompt {
  const prompt: Prompt = [];
  const open: { readonly id: string; readonly name: string }[] = [];
  for (const [at, { role, content, toolCalls, toolCallId, name, isError }] of messages.entries()) {
    if (role === 'system') prompt.push({ role, content });
    if (role === 'user') prompt.push({ role, content: [{ type: 'text', text: content }] });
    if (role === 'assistant') {
      const calls = toolCalls.map((call, index) => ({
        ...call,
        id: call.id ?? `call_${at}_${index}`,
      }));
      open.push(...calls);
      prompt.push({
        role,
        content: [
          ...(content === '' ? [] : [{ type: 'text' as const, text: content }]),
          ...calls.map((call) => ({
            ...{ type: 'tool-call' as const, toolCallId: call.id },
            ...{ toolName: call.name, input: call.arguments },
          })),
        ],
      });
    }
    if (role === 'tool') {
      const found = open.findIndex((each) =>
        toolCallId === null ? name === null || each.name === name : each.id === toolCallId,
      );
      const [call] = found < 0 ? [] : open.splice(found, 1);
      const result = resultPart(
        toolCallId ?? call?.id ?? '',
        name ?? call?.name ?? '',
        content,
        isError,
      );
      const last = prompt.at(-1);
      if (last?.role === 'tool') last.content.push(result);
      else prompt.push({ role, content: [result] });
    }
  }
  return prompt;
}

const resultPart = (
  toolCallId: string,
  toolName: string,
  value: string,
  isError: boolean | undefined,
): ToolContent[number] => ({
  ...{ type: 'tool-result', toolCallId, toolName },
  output: { type: isError === true ? 'error-text' : 'text', value },
});

/** Tools as the AI SDK takes them. */
export const functionsOf = (tools: readonly ToolDefinition[]): NonNullable<CallOptions['tools']> =>
  tools.map(({ name, description, parameters }) => ({
    ...{ type: 'function', name, description },
    inputSchema: parameters ?? { type: 'object', properties: {} },
  }));

/**
 * What a model said, as the next prompt needs it: some providers want their own data (signatures of thoughts) back with
 * each part.
 */
export const saidAgain = (content: Generated['content']): Prompt[number] => ({
  role: 'assistant',
  content: content.flatMap((part): AssistantContent => {
    const own = 'providerMetadata' in part ? part.providerMetadata : undefined;
    const providerOptions = own === undefined ? {} : { providerOptions: own };
    if (part.type === 'text' || part.type === 'reasoning')
      return [{ type: part.type, text: part.text, ...providerOptions }];
    if (part.type !== 'tool-call') return [];
    const { toolCallId, toolName, input } = part;
    return [{ type: 'tool-call', toolCallId, toolName, input: parsed(input), ...providerOptions }];
  }),
});

/** The same as a message of the trace. */
export const messageOf = (content: Generated['content']): Message => ({
  ...plainMessage(
    'assistant',
    content.map((part) => (part.type === 'text' ? part.text : '')).join(''),
  ),
  toolCalls: content.flatMap((part) =>
    part.type === 'tool-call'
      ? [{ id: part.toolCallId, name: part.toolName, arguments: parsed(part.input) }]
      : [],
  ),
});

export const plainMessage = (role: Message['role'], content: string): Message => ({
  ...{ role, content, toolCalls: [], toolCallId: null, name: null, spanId: null },
});

/** Arguments that are no JSON stay text. */
function parsed(input: string): Json {
  try {
    return JSON.parse(input);
  } catch {
    return input;
  }
}
