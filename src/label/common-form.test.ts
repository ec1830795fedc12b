import { expect, test } from 'vitest';
import { commonForm } from './common-form.ts';

test.each([
  {
    why: 'tools that differ are left open, a field they share stays',
    summaries: ['`a` lacks `id`', '`b` lacks `id`', '`c` lacks `id`'],
    form: '`…` lacks `id`',
  },
  {
    why: 'figures that differ are left open',
    summaries: [
      '`track` was called 4 times',
      '`track` was called 8 times',
      '`track` was called 9 times',
    ],
    form: '`track` was called `…` times',
  },
  { why: 'other sentences have none', summaries: ['one thing', 'another', 'a third'], form: null },
  { why: 'a sentence without names is no form', summaries: ['it broke', 'it broke'], form: null },
  { why: 'nothing has none', summaries: [], form: null },
])('the common form: $why', ({ summaries, form }) => {
  expect(commonForm(summaries, summaries.length / 2)).toBe(form);
});
