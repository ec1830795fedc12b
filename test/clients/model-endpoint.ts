import type { ServerResponse } from 'node:http';
import { type JsonServer, jsonServer, sendJson } from '../../src/llm/testing/json-server.ts';

/** What a client sends to `POST /chat/completions`, as far as it matters. */
interface ChatRequest {
  readonly model: string;
  readonly stream?: boolean;
  readonly messages: readonly { readonly role: string; readonly content: unknown }[];
  readonly tools?: readonly { readonly function: { readonly name: string } }[];
}

/** Words that make a call fail, as one with too long a prompt does. */
export const TOO_LONG = 'Recite everything.';

export const QUESTION = 'Where is order 17?';
export const ANSWER = 'Order 17 has shipped.';

/** Tokens of a turn that calls a tool, and of one that answers. */
const CALL_TOKENS = { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 };
const ANSWER_TOKENS = { prompt_tokens: 20, completion_tokens: 5, total_tokens: 25 };

/**
 * An endpoint that speaks OpenAI's Chat Completions, whole and streamed. Its model calls the first tool that it is offered
 * with `{"order": 17}`, then answers; without a tool it answers at once; asked `TOO_LONG` it refuses with 400.
 */
export const modelEndpoint = (): Promise<JsonServer<ChatRequest>> =>
  jsonServer(({ body }, response) => {
    const { messages, tools, model } = body;
    if (JSON.stringify(messages).includes(TOO_LONG)) {
      const message = 'This model can read 8192 tokens, the request has 9000.';
      const code = 'context_length_exceeded';
      sendJson(response, 400, { error: { message, type: 'invalid_request_error', code } });
      return;
    }
    const [tool] = tools ?? [];
    const isCall = tool !== undefined && !messages.some(({ role }) => role === 'tool');
    const message = isCall
      ? {
          ...{ role: 'assistant', content: null },
          tool_calls: [
            {
              ...{ index: 0, id: 'call_1', type: 'function' },
              function: { name: tool.function.name, arguments: '{"order": 17}' },
            },
          ],
        }
      : { role: 'assistant', content: ANSWER };
    const usage = isCall ? CALL_TOKENS : ANSWER_TOKENS;
    const finish = isCall ? 'tool_calls' : 'stop';
    const head = { id: 'chatcmpl-1', created: 1_760_000_000, model: `${model}-2026` };
    if (body.stream !== true) {
      const choices = [{ index: 0, message, finish_reason: finish }];
      sendJson(response, 200, { ...head, object: 'chat.completion', choices, usage });
      return;
    }
    const choice = (delta: object, finish_reason: string | null) => [
      { index: 0, delta, finish_reason },
    ];
    sendEvents(
      response,
      [
        { choices: choice(message, null) },
        { choices: choice({}, finish) },
        { choices: [], usage },
      ].map((each) => ({ ...head, object: 'chat.completion.chunk', ...each })),
    );
  });

function sendEvents(response: ServerResponse, events: readonly object[]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const event of events) response.write(`data: ${JSON.stringify(event)}\n\n`);
  response.end('data: [DONE]\n\n');
}
