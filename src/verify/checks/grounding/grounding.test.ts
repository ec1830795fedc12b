import { expect, test } from 'vitest';
import { makeTrace } from '../../../testing/trace.ts';
import { askCheck } from '../../testing/ask-check.ts';

const source =
  'Order A-1001 was placed on 3 March 2024 by Carla Weber for $1,250.50. It said: “We will replace the broken lamp within ten days.” See https://example.com/returns for 35% off.';

const answered = (output: string) =>
  makeTrace({
    input: 'What about my order?',
    output,
    documents: [{ id: 'doc-1', content: source, title: null, score: null, spanId: null }],
  });

test.each([
  ['numbers_grounded', 'It cost about $1,251, with 35% off.', 'pass', 1],
  ['numbers_grounded', 'It cost $1,350.50, with 35% off.', 'fail', 0.5],
  ['numbers_grounded', 'It cost 1.25 thousand dollars in 2 parcels.', 'pass', 1],
  ['dates_grounded', 'You ordered on March 3.', 'pass', 1],
  ['dates_grounded', 'You ordered on 2024-03-04.', 'fail', 0],
  ['names_grounded', 'The order of Carla Weber is on its way.', 'pass', 1],
  ['names_grounded', 'The order of Petra Schmidt is on its way.', 'fail', 0],
  ['identifiers_grounded', 'Your order a-1001 is on its way.', 'pass', 1],
  ['identifiers_grounded', 'Your order A-1011 is on its way.', 'fail', 0],
  ['quotes_grounded', 'They said "we will replace the broken lamp".', 'pass', 1],
  ['quotes_grounded', 'They said "we will replace every broken lamp".', 'fail', 0],
  ['links_grounded', 'Return it at https://example.com/returns.', 'pass', 1],
  ['links_grounded', 'Return it at https://example.org/returns.', 'fail', 0],
  ['citations_grounded', 'It is replaced within ten days [1].', 'pass', 1],
  ['citations_grounded', 'It is replaced [1], and refunded [2].', 'fail', 0.5],
  ['citations_grounded', 'It is replaced [doc-1] (see [note](https://example.com)).', 'pass', 1],
] as const)('%s of “%s”: %s', async (check, output, verdict, value) => {
  const outcome = await askCheck(check, {}, answered(output));
  expect(outcome).toMatchObject({ verdict, value });
  if (verdict === 'fail') expect(output).toContain(outcome.evidence[0]?.quote);
});

test('citations can be required', async () => {
  const outcome = await askCheck(
    'citations_grounded',
    { required: true },
    answered('Within ten days.'),
  );
  expect(outcome.verdict).toBe('fail');
});

/** K-Precision by hand: order, replaced, tomorrow, magic, lamp: three of five are in the source. */
test('lexical_grounding is the share of content words', async () => {
  const outcome = await askCheck(
    'lexical_grounding',
    { min: 0 },
    answered('Order replaced tomorrow: magic lamp'),
  );
  expect(outcome.value).toBeCloseTo(3 / 5, 12);
});

test.each(['numbers_grounded', 'names_grounded', 'quotes_grounded'])(
  '%s cannot tell without sources, or where one was cut',
  async (check) => {
    expect((await askCheck(check, {}, 'It cost $99 for Petra Schmidt.')).verdict).toBe(
      'cannot_tell',
    );
    const cut = answered('It cost $99 for Petra Schmidt, “which is a lot of money”.');
    const documents = cut.documents.map((each) => ({
      ...each,
      content: `${source} … [truncated]`,
    }));
    expect((await askCheck(check, {}, { ...cut, documents })).verdict).toBe('cannot_tell');
  },
);
