import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Coded } from './Coded.tsx';

const code = (name: string): string => `<code class="name">${name}</code>`;

test.each([
  ['plain words', 'plain words'],
  ['`a` then `b`', `${code('a')} then ${code('b')}`],
  ['call `a`', `call ${code('a')}`],
  ['one ` alone', 'one ` alone'],
  ['`a` and ` alone', `${code('a')} and \` alone`],
  ['`<img>`', code('&lt;img&gt;')],
])('%s', (text, html) => {
  expect(renderToStaticMarkup(<Coded text={text} />)).toBe(`<bdi>${html}</bdi>`);
});
