import { expect, test } from 'vitest';
import type { Slot, Statement } from '../../contract/signal.ts';
import { chain, field, number, sentence, statement, tool, word } from '../../text/statement.ts';
import { slotVote } from './slot-vote.ts';

const lacks = (slots: readonly Slot[]): Statement[] =>
  slots.map((slot) => statement`${slot} lacks ${field('id')}`);
const tools = (...names: string[]): Slot[] => names.map(tool);
const fields = (...names: string[]): Slot[] => names.map(field);
const languages = (...names: string[]): Statement[] =>
  names.map((name) => statement`The answer is in ${word(name)}`);

test.each([
  {
    why: 'three different names are listed, most common first, and a shared field stays',
    statements: lacks(tools('a', 'b', 'c', 'c', 'b', 'c', 'b')),
    title: '`b`, `c` or `a` lacks `id`',
  },
  {
    why: 'more than three tools are counted',
    statements: lacks(tools('a', 'b', 'c', 'd')),
    title: 'A tool lacks `id` (4 tools)',
  },
  {
    why: 'more than three fields are counted',
    statements: lacks(fields('a', 'b', 'c', 'x')),
    title: 'A field lacks `id` (4 fields)',
  },
  {
    why: 'more than three chains of tools are counted',
    statements: lacks([chain(['a', 'b']), chain(['b', 'c']), chain(['c', 'd']), tool('e')]),
    title: 'A tool sequence lacks `id` (4 tool sequences)',
  },
  {
    why: 'many tools and fields go with the words around them',
    statements: ['a', 'b', 'c', 'd'].map(
      (name) =>
        statement`${tool(name)} was called without the optional ${field(`${name}1`)}, which its schema defines`,
    ),
    title:
      'A tool was called without an optional field that its schema defines (4 tools, 4 fields)',
  },
  {
    why: 'the second of many tools is another one, and a field of it stays its own',
    statements: ['a', 'b', 'c', 'd'].map(
      (name) =>
        statement`${tool(name)} was called where ${tool(`${name}2`)} fits, without its required ${field(name)}`,
    ),
    title:
      'A tool was called where another tool fits, without its required field (8 tools, 4 fields)',
  },
  {
    why: 'the two most common of more than three other words are named',
    statements: languages('Dutch', 'French', 'German', 'French', 'Dutch', 'Greek', 'Polish'),
    title: 'The answer is in Dutch, French or 3 others',
  },
  {
    why: 'different numbers become a range',
    statements: [10, 8, 9].map(
      (times) => statement`${tool('track')} was called ${number(times)} times`,
    ),
    title: '`track` was called 8–10 times',
  },
  {
    why: 'a value that most of the statements share comes first',
    statements: lacks(tools('b', 'a', 'a', 'c')),
    title: '`a`, `b` or `c` lacks `id`',
  },
  {
    why: 'a name that looks like a number is treated as a name',
    statements: languages('1', '2', '3'),
    title: 'The answer is in 1, 2 or 3',
  },
  {
    why: 'a template without slots is the title',
    statements: [sentence('it broke'), sentence('it broke'), sentence('another')],
    title: 'it broke',
  },
  {
    why: 'other sentences have no common form',
    statements: ['one thing', 'another', 'a third'].map(sentence),
    title: null,
  },
  { why: 'no statements have no title', statements: [], title: null },
])('the vote: $why', ({ statements, title }) => {
  expect(slotVote(statements, statements.length / 2)).toBe(title);
});
