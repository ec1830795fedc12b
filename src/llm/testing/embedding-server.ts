import {
  type JsonServer,
  jsonServer,
  type Answer as ServerAnswer,
  sendJson,
} from './json-server.ts';

interface EmbeddingBody {
  readonly model: string;
  readonly input: readonly string[];
  readonly dimensions?: number;
}

export type Answer = ServerAnswer<EmbeddingBody>;

/** A real HTTP server on the loopback address with configurable answers. */
export const embeddingServer = (answer: Answer = answerWell): Promise<JsonServer<EmbeddingBody>> =>
  jsonServer(answer);

/** The vector of a text: its length and the code of its first character. */
export const vectorOf = (text: string): number[] => [text.length, text.charCodeAt(0), 1];

export const answerWell: Answer = ({ body }, response) => {
  const data = body.input.map((text, index) => ({
    object: 'embedding',
    index,
    embedding: vectorOf(text),
  }));
  sendJson(response, 200, {
    object: 'list',
    data: data.toReversed(),
    model: body.model,
    usage: { prompt_tokens: body.input.join('').length, total_tokens: 0 },
  });
};
