import {
  type JsonServer,
  jsonServer,
  type Answer as ServerAnswer,
  sendJson,
} from './json-server.ts';

interface ChatBody {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly temperature?: number;
  readonly seed?: number;
  readonly max_tokens?: number;
  readonly max_completion_tokens?: number;
  readonly response_format?: { readonly type: string };
}

export type ChatServer = JsonServer<ChatBody>;
export type ChatAnswer = ServerAnswer<ChatBody>;

/** A real HTTP server on the loopback address with a chat completions endpoint. */
export const chatServer = (answer: ChatAnswer): Promise<ChatServer> => jsonServer(answer);

/** Answers every request with the text that `say` makes from its messages. */
export const saying =
  (say: (system: string, user: string) => unknown): ChatAnswer =>
  ({ body }, response) => {
    const [system = '', user = ''] = body.messages.map(({ content }) => content);
    const said = say(system, user);
    const text = typeof said === 'string' ? said : JSON.stringify(said);
    sendJson(response, 200, completion(body.model, text));
  };

/** A completion as specified, with 1,000 tokens in and 100 out. */
export const completion = (model: string, content: string, finish = 'stop'): object => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1_760_000_000,
  model,
  choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: finish }],
  usage: { prompt_tokens: 1_000, completion_tokens: 100, total_tokens: 1_100 },
});

/** The numbered items of the instructions. */
export const itemsIn = (system: string): string[] =>
  [...system.matchAll(/^\d+\. (.*)$/gm)].map(([, item]) => item ?? '');
