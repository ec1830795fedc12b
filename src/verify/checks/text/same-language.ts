import * as z from 'zod';
import { quoteAnswer, withAnswer } from '../answer.ts';
import { defineCheck } from '../define.ts';
import { cannotTell, passIf } from '../outcome.ts';
import { detectLanguage, loadLanguages } from './detect-language.ts';

export const sameLanguage = defineCheck({
  id: 'same_language',
  passes: 'The answer is in the language of the request.',
  params: z.strictObject({}),
  measure: null,
  load: loadLanguages,
  source: 'Efficient Language Detector (eld), 60 languages; below 20 letters it cannot tell',
  example: {},
  ask: (subject) =>
    withAnswer(subject, (answer) => {
      const [asked, found] = [detectLanguage(subject.trace.input), detectLanguage(answer)];
      if (asked === null || found === null)
        return cannotTell('request or answer is too short or too mixed to tell its language');
      return passIf(found === asked, `asked in ${asked}, answered in ${found}`, [
        subject.run.quote('/input', subject.trace.input),
        quoteAnswer(subject),
      ]);
    }),
});
