import { expect, it } from 'vitest';
import { spanOf } from '../testing/raw.ts';

it('documents that the AI SDK ranked by index come in that order', () => {
  const { documents } = spanOf({
    'gen_ai.operation.name': 'rerank',
    'ai.documents': ['"Returns take a week."', '"Order 17 was sent."'],
    'ai.ranking': [
      '{"index":1,"relevanceScore":0.9}',
      '{"index":0,"relevanceScore":0.2}',
      '{"index":7,"relevanceScore":0.1}',
    ],
  });
  expect(documents.map(({ content, score }) => [content, score])).toEqual([
    ['Order 17 was sent.', 0.9],
    ['Returns take a week.', 0.2],
  ]);
});
