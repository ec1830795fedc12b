import { describe, expect, it } from 'vitest';
import type { Json } from '../../contract/json.ts';
import { spanOf } from '../testing/raw.ts';
import { documentsOf, looksRetrieved } from './document.ts';

const document = { id: 'd1', content: 'Ships Friday.', title: null, score: 0.9, spanId: null };

describe('a passage in the form of', () => {
  it.each<[string, Json]>([
    ['OTel', [{ id: 'd1', content: 'Ships Friday.', score: 0.9 }]],
    ['OpenInference', [{ document: { id: 'd1', content: 'Ships Friday.', score: 0.9 } }]],
    [
      'LangChain, Python',
      {
        outputs: [
          { page_content: 'Ships Friday.', type: 'Document', metadata: { id: 'd1', score: 0.9 } },
        ],
      },
    ],
    [
      'LangChain, JS',
      {
        documents: [
          { pageContent: 'Ships Friday.', metadata: { source: 'd1', relevance_score: 0.9 } },
        ],
      },
    ],
    ['MLflow', [{ page_content: 'Ships Friday.', metadata: { doc_uri: 'd1', score: 0.9 } }]],
    ['LlamaIndex', { nodes: [{ score: 0.9, node: { id: 'd1', text: 'Ships Friday.' } }] }],
    ['metadata as text', [{ content: 'Ships Friday.', metadata: '{"id":"d1","score":0.9}' }]],
  ])('%s', (_, value) => {
    expect(documentsOf(value)).toEqual([document]);
    expect(documentsOf(JSON.stringify(value))).toEqual([document]);
  });
});

it('an id without content is a document, other objects are none', () => {
  expect(documentsOf([{ id: 7 }, { x: 1 }, null, 5])).toEqual([
    { id: '7', content: '', title: null, score: null, spanId: null },
  ]);
});

it.each<[Json, boolean]>([
  [[{ title: 'a', snippet: 'b' }], true],
  ['{"results":[{"text":"b"}]}', true],
  [[{ eta: 'Friday' }], false],
  [[], false],
  ['plain', false],
])('%j looks retrieved: %s', (value, expected) => {
  expect(looksRetrieved(value)).toBe(expected);
});

describe('a span retrieved', () => {
  it('what its events say (OpenLLMetry)', () => {
    const events = [
      {
        name: 'db.query.result',
        time: null,
        attributes: {
          'db.query.result.id': 'd1',
          'db.query.result.document': 'Ships Friday.',
          'db.query.result.score': 0.9,
        },
      },
    ];
    expect(spanOf({ 'db.system': 'chroma' }, { events }).documents).toMatchObject([
      { id: 'd1', score: 0.9 },
    ]);
  });

  it('the result of a tool that searches', () => {
    const output = { 'gen_ai.tool.name': 'x', 'output.value': '[{"text":"Ships Friday."}]' };
    expect(spanOf(output, { name: 'search_docs' }).documents).toHaveLength(1);
    expect(spanOf(output, { name: 'send_mail' }).documents).toEqual([]);
  });
});
