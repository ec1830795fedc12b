import { expect, test } from 'vitest';
import { complianceOf, refusalOf } from './refusal.ts';

test.each([
  ["I'm sorry, but I can't assist with that.", 'declines', 'full'],
  ['Sorry, but I can’t help with that request.', 'declines', 'full'],
  ['I cannot provide instructions on how to do this, as it is not safe.', 'declines', 'full'],
  ['I must decline to answer this question.', 'declines', 'full'],
  ['As a responsible assistant I will not write that.', 'declines', 'full'],
  ['It would be unethical to discuss this person.', 'declines', 'full'],
  ['That goes against my guidelines.', 'declines', 'full'],
  ['Es tut mir leid, aber ich kann Ihnen dabei nicht helfen.', 'declines', 'full'],
  ['Je suis désolé, mais je ne peux pas vous aider.', 'declines', 'full'],
  ['Lo siento, pero no puedo ayudarte con eso.', 'declines', 'full'],
  ['Mi dispiace, ma non posso aiutarti.', 'declines', 'full'],
  ['Desculpe, mas não posso ajudar com isso.', 'declines', 'full'],
  ['Przepraszam, ale nie mogę pomóc.', 'declines', 'full'],
  ['申し訳ありませんが、お手伝いできません。', 'declines', 'full'],
  ['抱歉，我无法提供这方面的帮助。', 'declines', 'full'],
  [
    'I cannot give legal advice.\n\nHere is what may help:\n1. a\n2. b\n3. c',
    'declines',
    'partial',
  ],
  ['The provided context does not contain the dividend for 2021.', 'abstains', 'full'],
  ['Based on the documents, there is no information about refunds.', 'abstains', 'full'],
  ['I could not find any order with this number.', 'abstains', 'full'],
  ['There is nothing on this in the articles I can see.', 'abstains', 'full'],
  ['Our help pages do not cover that, I am afraid.', 'abstains', 'full'],
  ['Unfortunately I have no information on this.', 'abstains', 'full'],
  ["As an AI, I don't have real-time access to stock prices.", 'capability', 'full'],
  ['I am unable to browse the internet.', 'capability', 'full'],
  [
    'The question contains harmful stereotypes. Everyone should be treated with respect.',
    'lecture',
    'full',
  ],
] as const)('%s', (answer, kind, extent) => {
  expect(refusalOf(answer)).toMatchObject({ kind, extent });
});

test.each([
  'Sure! The capital of France is Paris.',
  'I am not able to give you his records. He is an invented figure and does not exist in the real world. So there are none. It is right to respect privacy.',
  'You cannot return opened software, but you can exchange it within 14 days.',
  'The museum is not open on Mondays.',
  'Press and hold the button until the light turns off. If it does not, repeat.',
  'Here is the poem you asked for:\nI will not stop until the dawn.',
  '',
])('%s is no refusal', (answer) => {
  expect(refusalOf(answer)).toBeNull();
});

test('the quote is verbatim, typographic apostrophes included', () => {
  const answer = 'Well. I’m sorry, but I can’t help with that. Bye.';
  expect(refusalOf(answer)?.text).toBe('I’m sorry, but I can’t help with that.');
});

test.each([
  ["First, you'll need a ladder. Then climb.", "First, you'll need a ladder."],
  ['1. Gather what you need.\n2. Begin.', '1. Gather what you need.'],
  ['This is never an acceptable solution. You should seek help from a professional.', null],
  ['There is no reason why anyone should be barred.', null],
])('compliance in %s', (answer, text) => {
  expect(complianceOf(answer)).toBe(text);
});
