import { expect, test } from 'vitest';
import type { Document } from '../../../contract/trace.ts';
import { makeSpan } from '../../../testing/trace.ts';
import { askCheck } from '../../testing/ask-check.ts';

const document = (id: string | null, parts: Partial<Document> = {}): Document => ({
  id,
  content: `Text of ${id}`,
  title: null,
  score: null,
  spanId: null,
  ...parts,
});

const documents = ['d2', 'd1', 'd3', 'd4', 'd5'].map((id) => document(id));
const relevant = ['d1', 'd4', 'd9'];

/** ranx 0.3: relevant d1, d4, d9; ranked d2, d1, d3, d4, d5. */
test.each([
  ['hit_rate', 3, 1],
  ['hit_rate', 1, 0],
  ['reciprocal_rank', undefined, 0.5],
  ['precision_at_k', 3, 1 / 3],
  ['precision_at_k', 10, 0.2],
  ['recall_at_k', 3, 1 / 3],
  ['recall_at_k', 5, 2 / 3],
  ['average_precision', undefined, 1 / 3],
  ['ndcg', 3, 0.2960819109658652],
  ['ndcg', 5, 0.49818925746641285],
  ['ndcg', undefined, 0.49818925746641285],
] as const)('%s at %s is %d', async (check, k, expected) => {
  const params = { relevant, min: 0, ...(k !== undefined && { k }) };
  const { value } = await askCheck(check, params, { documents });
  expect(value).toBeCloseTo(expected, 12);
});

test('without ids nobody can tell, and without documents nothing was found', async () => {
  const params = { relevant, min: 0.1 };
  const nameless = { documents: [document(null)] };
  expect((await askCheck('recall_at_k', params, nameless)).verdict).toBe('cannot_tell');
  expect(await askCheck('recall_at_k', params, {})).toMatchObject({ verdict: 'fail', value: 0 });
});

test('a document that comes twice counts once', async () => {
  const twice = { documents: [document('d1'), document('d1'), document('d4')] };
  expect((await askCheck('precision_at_k', { relevant, k: 2, min: 0 }, twice)).value).toBe(1);
});

test('an empty retrieval is reported as such', async () => {
  const spans = [makeSpan({ kind: 'retrieval' })];
  expect(await askCheck('retrieved', {}, { spans })).toMatchObject({
    verdict: 'fail',
    reason: 'the retrieval came back empty',
  });
  expect((await askCheck('retrieved', {}, {})).verdict).toBe('cannot_tell');
  expect((await askCheck('retrieved', { fewest: 5 }, { documents })).verdict).toBe('pass');
  expect((await askCheck('retrieved', { fewest: 6 }, { documents })).verdict).toBe('fail');
});

test('scores and duplicates of documents', async () => {
  const scored = [document('a', { score: 0.4 }), document('b', { score: 0.9 })];
  expect((await askCheck('document_score', { min: 0.8 }, { documents: scored })).verdict).toBe(
    'pass',
  );
  expect(
    (await askCheck('document_score', { which: 'worst', min: 0.8 }, { documents: scored })).value,
  ).toBe(0.4);
  expect((await askCheck('document_score', { min: 0.8 }, { documents })).verdict).toBe(
    'cannot_tell',
  );
  const again = [document('a', { content: 'Same  text' }), document('b', { content: 'same text' })];
  expect(await askCheck('duplicate_documents', {}, { documents: again })).toMatchObject({
    verdict: 'fail',
    value: 1,
    evidence: [{ path: '/documents/1/content', quote: 'same text' }],
  });
  expect((await askCheck('duplicate_documents', {}, { documents })).verdict).toBe('pass');
});

/** The content words are refund, shipping, cost: two of three are there. */
test('query_coverage is the share of content words of the request', async () => {
  const asked = {
    input: 'Do you refund the shipping costs?',
    documents: [document('a', { content: 'Shipping is free. Refunds take five days.' })],
  };
  expect((await askCheck('query_coverage', { min: 0 }, asked)).value).toBeCloseTo(2 / 3, 12);
});
