import * as z from 'zod';
import { quoteAnswer, withAnswer } from '../answer.ts';
import { defineCheck } from '../define.ts';
import { cannotTell, passIf } from '../outcome.ts';
import { detectLanguage, loadLanguages } from './detect-language.ts';

export const language = defineCheck({
  id: 'language',
  passes: 'The answer is in the language.',
  params: z.strictObject({
    language: z
      .string()
      .regex(/^[a-z]{2}$/, { error: 'must be an ISO 639-1 code such as de' })
      .describe('ISO 639-1'),
  }),
  measure: null,
  load: loadLanguages,
  source: 'Efficient Language Detector (eld), 60 languages; below 20 letters it cannot tell',
  example: { language: 'de' },
  ask: (subject, { language: wanted }) =>
    withAnswer(subject, (answer) => {
      const found = detectLanguage(answer);
      if (found === null)
        return cannotTell('the answer is too short or too mixed to tell its language');
      return passIf(found === wanted, `the answer is in ${found}`, [quoteAnswer(subject)]);
    }),
});
