import { describe, expect, it } from 'vitest';
import { cutOff } from './cut-off.ts';

const long = 'This sentence is here to make the text long enough to be judged at all. '.repeat(4);

describe('cutOff', () => {
  it.each([
    [`${long}Then add the`, 'in the middle of a sentence'],
    [`${long}First one,`, 'in the middle of a sentence'],
    [`${long}\n\`\`\`js\nconst a = 1\nconst b`, 'inside a code block'],
    [`{"items": "${long}", "name": "x`, 'inside json'],
  ])('sees that …%# breaks off', (text, where) => {
    expect(cutOff(text)?.where).toBe(where);
  });

  it.each([
    `${long}That is all.`,
    `${long}Kind regards\nAnna`,
    `${long}\n- apples\n- pears`,
    `${long}\n\`\`\`js\nconst a = 1\n\`\`\``,
    `{"text": "${long}"}`,
    'Short and',
    '',
  ])('takes text %# as complete', (text) => {
    expect(cutOff(text)).toBeNull();
  });
});
