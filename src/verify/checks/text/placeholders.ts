import * as z from 'zod';
import { quoteAnswer, withAnswer } from '../answer.ts';
import { defineCheck } from '../define.ts';
import { fail, pass } from '../outcome.ts';

/** Blanks of templates: `{{name}}`, `{order_id}`, `<customer name>`, `[Your Name]`, `%s`, `lorem ipsum`, `TODO`. */
const BLANK =
  /\{\{[^{}\n]{1,60}\}\}|(?<![\w`])\{[a-z_]{2,40}\}(?!`)|<(?:insert|your|customer|user|company|name|date)[ _][^<>\n]{0,40}>|\[(?:insert|your|customer|user|company|name|date|amount|order)(?: [^[\]\n]{1,40})?\](?!\()|%\([a-z_]{1,40}\)s|\blorem ipsum\b|\bTODO\b|\bXX{2,}\b/i;

export const placeholders = defineCheck({
  id: 'placeholders',
  passes: 'No blank of a template was left in the answer.',
  params: z.strictObject({}),
  measure: null,
  source: 'forms of blanks in common template languages and letters',
  example: {},
  ask: (subject) =>
    withAnswer(subject, (answer) => {
      const blank = BLANK.exec(
        answer.replaceAll(/```[\s\S]*?```/g, (code) => ' '.repeat(code.length)),
      );
      return blank === null
        ? pass('no blank was left in the answer')
        : fail(`the answer holds the blank ${blank[0]}`, [quoteAnswer(subject, blank[0])]);
    }),
});
