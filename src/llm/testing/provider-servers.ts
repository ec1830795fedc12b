import type { Json } from '../../contract/json.ts';
import { type JsonServer, jsonServer, sendJson } from './json-server.ts';

/** What a fake model does in its turn: calls one tool, or answers with text. */
export type Turn = { readonly tool: string; readonly args: Json } | { readonly text: string };

/** What a model was sent, as its wire format has it. */
type Body = Readonly<Record<string, unknown>>;

/** Tokens of every turn: 100 in, 10 out. */
const INPUT = 100;
const OUTPUT = 10;

/** `turn` is asked with the number of tool results that the request holds. */
type Say = (results: number) => Turn;

const countOf = (body: Body, mark: string): number => JSON.stringify(body).split(mark).length - 1;

/** Anthropic's Messages API: `POST /messages`. */
export const anthropicServer = (say: Say): Promise<JsonServer<Body>> =>
  jsonServer(({ body }, response) => {
    const turn = say(countOf(body, '"type":"tool_result"'));
    sendJson(response, 200, {
      ...{ id: 'msg_1', type: 'message', role: 'assistant', model: body['model'] },
      content: [
        'text' in turn
          ? { type: 'text', text: turn.text }
          : { type: 'tool_use', id: 'toolu_1', name: turn.tool, input: turn.args },
      ],
      stop_reason: 'text' in turn ? 'end_turn' : 'tool_use',
      stop_sequence: null,
      usage: { input_tokens: INPUT, output_tokens: OUTPUT },
    });
  });

/** Google's Gemini API: `POST /models/{model}:generateContent`. */
export const googleServer = (say: Say): Promise<JsonServer<Body>> =>
  jsonServer(({ body }, response) => {
    const turn = say(countOf(body, '"functionResponse"'));
    const part =
      'text' in turn
        ? { text: turn.text }
        : { functionCall: { name: turn.tool, args: turn.args }, thoughtSignature: 'c2lnbmVk' };
    sendJson(response, 200, {
      candidates: [{ content: { role: 'model', parts: [part] }, finishReason: 'STOP', index: 0 }],
      usageMetadata: {
        ...{ promptTokenCount: INPUT, candidatesTokenCount: OUTPUT },
        totalTokenCount: INPUT + OUTPUT,
      },
      modelVersion: 'fake',
    });
  });

/** OpenAI's Responses API: `POST /responses`. */
export const openAiResponsesServer = (say: Say): Promise<JsonServer<Body>> =>
  jsonServer(({ body }, response) => {
    const turn = say(countOf(body, '"type":"function_call_output"'));
    const output =
      'text' in turn
        ? {
            ...{ type: 'message', id: 'msg_1', role: 'assistant', status: 'completed' },
            content: [{ type: 'output_text', text: turn.text, annotations: [] }],
          }
        : {
            ...{ type: 'function_call', id: 'fc_1', call_id: 'call_1', status: 'completed' },
            ...{ name: turn.tool, arguments: JSON.stringify(turn.args) },
          };
    sendJson(response, 200, {
      ...{ id: 'resp_1', object: 'response', created_at: 1_760_000_000, status: 'completed' },
      ...{ model: body['model'], output: [output], error: null, incomplete_details: null },
      usage: {
        ...{ input_tokens: INPUT, output_tokens: OUTPUT, total_tokens: INPUT + OUTPUT },
        input_tokens_details: { cached_tokens: 0 },
        output_tokens_details: { reasoning_tokens: 0 },
      },
    });
  });

/** OpenAI's Chat Completions API, which many others speak too: `POST /chat/completions`. */
export const chatCompletionsServer = (say: Say): Promise<JsonServer<Body>> =>
  jsonServer(({ body }, response) => {
    const turn = say(countOf(body, '"role":"tool"'));
    const message =
      'text' in turn
        ? { role: 'assistant', content: turn.text }
        : {
            ...{ role: 'assistant', content: null },
            tool_calls: [
              {
                ...{ id: 'call_1', type: 'function' },
                function: { name: turn.tool, arguments: JSON.stringify(turn.args) },
              },
            ],
          };
    const finish = 'text' in turn ? 'stop' : 'tool_calls';
    sendJson(response, 200, {
      ...{ id: 'chatcmpl-1', object: 'chat.completion', created: 1_760_000_000 },
      model: body['model'],
      choices: [{ index: 0, message, finish_reason: finish }],
      usage: {
        ...{ prompt_tokens: INPUT, completion_tokens: OUTPUT },
        total_tokens: INPUT + OUTPUT,
      },
    });
  });

/** Bedrock's Converse API: `POST /model/{model}/converse`. */
export const bedrockServer = (say: Say): Promise<JsonServer<Body>> =>
  jsonServer(({ body }, response) => {
    const turn = say(countOf(body, '"toolResult"'));
    const part =
      'text' in turn
        ? { text: turn.text }
        : { toolUse: { toolUseId: 'tooluse_1', name: turn.tool, input: turn.args } };
    sendJson(response, 200, {
      output: { message: { role: 'assistant', content: [part] } },
      stopReason: 'text' in turn ? 'end_turn' : 'tool_use',
      usage: { inputTokens: INPUT, outputTokens: OUTPUT, totalTokens: INPUT + OUTPUT },
    });
  });

/** What each provider's embeddings answer: a vector of three numbers for every text. */
export const embeddingsServer = (): Promise<JsonServer<Body>> =>
  jsonServer(({ path, body }, response) => {
    const vector = [1, 2, 2];
    const texts = (body['input'] ??
      body['requests'] ??
      body['instances'] ??
      []) as readonly object[];
    if (path.includes(':batchEmbedContents'))
      sendJson(response, 200, { embeddings: texts.map(() => ({ values: vector })) });
    else if (path.includes(':embedContent'))
      sendJson(response, 200, { embedding: { values: vector } });
    else if (path.includes(':predict'))
      sendJson(response, 200, {
        predictions: texts.map(() => ({
          embeddings: { values: vector, statistics: { token_count: INPUT } },
        })),
      });
    else if (path.includes('/invoke'))
      sendJson(response, 200, { embedding: vector, inputTextTokenCount: INPUT });
    else
      sendJson(response, 200, {
        ...{ object: 'list', model: 'm' },
        data: texts.map((_, index) => ({ object: 'embedding', index, embedding: vector })),
        usage: { prompt_tokens: INPUT * texts.length, total_tokens: INPUT * texts.length },
      });
  });
