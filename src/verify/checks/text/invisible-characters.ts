import * as z from 'zod';
import { quoteAnswer, withAnswer } from '../answer.ts';
import { defineCheck } from '../define.ts';
import { fail, pass } from '../outcome.ts';

/** Tags, bidirectional controls, zero-width characters (joiners of emoji and scripts aside) and private use. */
const INVISIBLE =
  /[\u{E0000}-\u{E007F}\u202A-\u202E\u2066-\u2069\u200B\u2060\uFEFF\u{F0000}-\u{FFFFD}]/u;

export const invisibleCharacters = defineCheck({
  id: 'invisible_characters',
  passes: 'The answer hides no text in invisible characters.',
  params: z.strictObject({}),
  measure: null,
  source:
    'Unicode Technical Standard 39 and the attacks “Trojan Source” (CVE-2021-42574) and tag smuggling',
  example: {},
  ask: (subject) =>
    withAnswer(subject, (answer) => {
      const found = INVISIBLE.exec(answer);
      if (found === null) return pass('the answer has no invisible characters');
      const code = found[0].codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
      return fail(`the answer holds the invisible character U+${code}`, [
        quoteAnswer(subject, found[0]),
      ]);
    }),
});
