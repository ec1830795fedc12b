import { describe, expect, test } from 'vitest';
import { fenced, inlineCode, sentence } from './untrusted.ts';

describe('text of traces in Markdown', () => {
  test('a fence is longer than any in the text', () => {
    expect(fenced('a\n```\n# not a title\n```````\nb')).toBe(
      '````````text\na\n```\n# not a title\n```````\nb\n````````',
    );
  });

  test('a long text is cut, and says so', () => {
    expect(fenced('x'.repeat(50), 10)).toBe(`\`\`\`text\n${'x'.repeat(10)}…\n\`\`\``);
  });

  test('what nobody can see is out', () => {
    expect(fenced('a\u202eb\u{e0041}c\u0000d')).toBe('```text\na b c d\n```');
    expect(inlineCode('a\u202e`b`\n# c')).toBe("`a 'b' # c`");
  });

  test.each([
    ['`refund_order` gets *it*', '`refund_order` gets \\*it\\*'],
    ['<img src=x onerror=1>', '\\<img src=x onerror=1\\>'],
    ['[a](https://evil.example/x)', '\\[a\\](`https://evil.example/x)`'],
    ['ask @octocat about #12', 'ask `@octocat` about `#12`'],
    ['see www.evil.example now', 'see `www.evil.example` now'],
    ['# title\n- list', '# title - list'],
    ['a lone ` backtick', 'a lone \\` backtick'],
  ])('%s', (text, expected) => {
    expect(sentence(text)).toBe(expected);
  });
});
