import { expect, test } from 'vitest';
import { commonForm } from './common-form.ts';

const lacksId = (...tools: string[]): string[] => tools.map((tool) => `\`${tool}\` lacks \`id\``);

test.each([
  {
    why: 'three names that differ are listed, the commonest first, a field they share stays',
    summaries: lacksId('a', 'b', 'c', 'c', 'b', 'c', 'b'),
    form: '`b`, `c` or `a` lacks `id`',
  },
  {
    why: 'more than three tools are counted',
    summaries: lacksId('a', 'b', 'c', 'd'),
    form: 'One of 4 tools lacks `id`',
  },
  {
    why: 'more than three other names are left open',
    summaries: lacksId('a', 'b', 'c', 'x'),
    form: '`…` lacks `id`',
  },
  {
    why: 'figures that differ become their range',
    summaries: [
      '`track` was called 10 times',
      '`track` was called 8 times',
      '`track` was called 9 times',
    ],
    form: '`track` was called 8–10 times',
  },
  { why: 'other sentences have none', summaries: ['one thing', 'another', 'a third'], form: null },
  { why: 'a sentence without names is no form', summaries: ['it broke', 'it broke'], form: null },
  { why: 'nothing has none', summaries: [], form: null },
])('the common form: $why', ({ summaries, form }) => {
  const tools = new Set(['a', 'b', 'c', 'd']);
  expect(commonForm(summaries, summaries.length / 2, tools)).toBe(form);
});
