import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Why } from './Why.tsx';

const model = { address: () => '#/trace/t1' };

test('shows each reason with its layer and its quotes, escaped', () => {
  const html = renderToStaticMarkup(
    <Why
      model={model}
      why={[
        {
          statement: 'Likely because the required argument `order_id` has no description',
          layer: 'tool',
          evidence: [
            { traceId: 't1', spanId: null, path: '/tools/0/description', quote: '<b>Refund</b>' },
          ],
        },
      ]}
    />,
  );
  expect(html).toContain('Likely because the required argument <code class="name">order_id</code>');
  expect(html).toContain('(tool)');
  expect(html).toContain('&lt;b&gt;Refund&lt;/b&gt;');
  expect(html).toContain('href="#/trace/t1"');
});

test('shows nothing without a reason', () => {
  expect(renderToStaticMarkup(<Why model={model} why={[]} />)).toBe('');
});
