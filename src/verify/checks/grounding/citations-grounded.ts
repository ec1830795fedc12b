import * as z from 'zod';
import { quoteAnswer, withAnswer } from '../answer.ts';
import { defineCheck } from '../define.ts';
import { cannotTell, fail, pass } from '../outcome.ts';

export const citationsGrounded = defineCheck({
  id: 'citations_grounded',
  passes:
    'Citations such as [2] point at a retrieved document; with `required`, the answer has one at least.',
  params: z.strictObject({ required: z.boolean().default(false) }),
  measure: { range: [0, 1], better: 'higher' },
  source:
    'numbers in brackets count from 1 (0 is allowed where the answer uses [0]); other bracketed words must be ids of documents',
  example: { required: true },
  ask: (subject, { required }) =>
    withAnswer(subject, (answer) => {
      const { documents } = subject.trace;
      const cited = [
        ...answer.matchAll(
          /\[\^?((?:\d{1,3})(?:\s?[,–-]\s?\d{1,3}){0,10}|[A-Za-z][\w.:-]{1,80})\](?!\()/g,
        ),
      ];
      const ids = new Set(documents.flatMap(({ id }) => (id === null ? [] : [id])));
      const marks = cited.filter(([, inner]) => /^\d/.test(inner ?? '') || ids.has(inner ?? ''));
      if (marks.length === 0)
        return required
          ? fail('the answer cites nothing', [quoteAnswer(subject)], 0)
          : pass('the answer cites nothing', [], 1);
      if (documents.length === 0) return cannotTell('no document was recorded');
      const last = documents.length - (answer.includes('[0]') ? 1 : 0);
      const wrong = marks.filter(
        ([, inner]) =>
          !ids.has(inner ?? '') && (inner ?? '').split(/\D+/).some((index) => Number(index) > last),
      );
      const share = 1 - wrong.length / marks.length;
      return wrong.length === 0
        ? pass(
            `${marks.length} citations point at documents`,
            marks.map(([mark]) => quoteAnswer(subject, mark)),
            share,
          )
        : fail(
            `${wrong[0]![0]} points at none of the ${documents.length} documents`,
            wrong.map(([mark]) => quoteAnswer(subject, mark)),
            share,
          );
    }),
});
