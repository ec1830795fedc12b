import { expect, test } from 'vitest';
import { isLongAnswer, isShortAnswer } from './short-answer.ts';

test.each([
  ['Oslo', true, false],
  ['no', true, false],
  ['the brothers Maddox of Skerry Point', true, false],
  ['It was built by the brothers Maddox.', false, true],
  ['', false, false],
  ['find(name="Maddox")', false, false],
  ['{"builders": ["the brothers Maddox", "their father", "a mason from Norway"]}', false, false],
])('%s', (text, isShort, isLong) => {
  expect([isShortAnswer(text), isLongAnswer(text)]).toEqual([isShort, isLong]);
});
