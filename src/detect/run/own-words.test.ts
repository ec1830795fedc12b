import { expect, test } from 'vitest';
import { ownWords } from './own-words.ts';
import { userComplaint } from './user-complaint.ts';

const angry = 'This is useless. I want to speak to a human agent right now. Your answer is wrong.';

test.each([
  ['tags', `Summarize this.\n<document id="3">\n${angry}\n</document>\nThanks.`],
  ['a fence', `Next one:\n\`\`\`\n${angry}\n\`\`\``],
  ['three quotation marks', `Next one:\n"""\n${angry}\n"""`],
  ['quotation marks', `What does “${angry}” mean?`],
  ['quoted mail', `Please answer:\n> ${angry}`],
  ['JSON', JSON.stringify({ stdout: angry, exit_code: 0 })],
  ['a list of JSON', JSON.stringify([angry])],
  ['a ticket', `Ticket 2: ${angry}`],
  ['a result', `Tool result: ${angry}`],
  ['an observation', `Observation: ${angry}\nMore of it.`],
  ['context before a question', `Context:\n${angry}\n\nQuestion: What does the customer want?`],
])('what the user passes on in %s is not what the user says', (_, text) => {
  expect(ownWords(text)).toHaveLength(text.length);
  expect(ownWords(text)).not.toContain('useless');
  expect(userComplaint(text)).toBeNull();
});

test.each([
  [angry, 'speak to a human agent'],
  [`<document>\nAll is well.\n</document>\n${angry}`, 'speak to a human agent'],
  [`Context:\nAll is well.\n\nQuestion: ${angry}`, 'speak to a human agent'],
  ['You said "yes" and that is wrong', 'that is wrong'],
  ['{not json} this is wrong', 'this is wrong'],
])('%j is a complaint', (text, quote) => {
  expect(userComplaint(text)?.text).toBe(quote);
});

test('long material takes linear time', () => {
  const start = performance.now();
  ownWords('<a>'.repeat(1300));
  ownWords('Context:\n'.repeat(440));
  ownWords('"'.repeat(4000));
  expect(performance.now() - start).toBeLessThan(500);
});
