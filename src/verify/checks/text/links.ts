import * as z from 'zod';
import { quoteAnswer, withAnswer } from '../answer.ts';
import { defineCheck } from '../define.ts';
import { fail, pass } from '../outcome.ts';
import { linksIn } from './links-in.ts';

export const links = defineCheck({
  id: 'links',
  passes: 'Links of the answer lead only to the hosts, or to hosts below them.',
  params: z.strictObject({
    hosts: z.array(
      z.string().regex(/^[a-z0-9.-]{1,253}$/, { error: 'must be a host such as example.com' }),
    ),
  }),
  measure: null,
  source: 'WHATWG URL; a link that cannot be parsed fails',
  example: { hosts: ['example.com', 'docs.example.org'] },
  ask: (subject, { hosts }) =>
    withAnswer(subject, (answer) => {
      const found = linksIn(answer);
      const bad = found.filter((link) => {
        const host = URL.canParse(link) ? new URL(link).hostname : null;
        return host === null || !hosts.some((each) => host === each || host.endsWith(`.${each}`));
      });
      return bad.length === 0
        ? pass(
            found.length === 0 ? 'the answer has no links' : 'every link leads to an allowed host',
          )
        : fail(
            `${bad.length} of ${found.length} links lead elsewhere`,
            bad.map((link) => quoteAnswer(subject, link)),
          );
    }),
});
