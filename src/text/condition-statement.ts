import type { Atom, Condition } from '../contract/condition.ts';
import type { Slot, Statement } from '../contract/signal.ts';
import { percent } from './format.ts';
import { word } from './statement.ts';

/** A condition as one sentence without the final period: the clauses of its facts joined. */
export function conditionStatement({ atoms }: Condition): Statement {
  const slots: Slot[] = [];
  const clauses = atoms.map((atom) => {
    const { template, slots: own } = clauseOf(atom);
    const from = slots.length;
    slots.push(...own);
    return template.replace(/\{(\d{1,2})\}/g, (_, index: string) => `{${from + Number(index)}}`);
  });
  const template = joinClauses(clauses);
  return {
    template: template[0] === undefined ? '' : template[0].toUpperCase() + template.slice(1),
    slots,
  };
}

/** Clauses joined by `and`; one with the subject of the clause before it goes without. */
export const joinClauses = (clauses: readonly string[]): string =>
  clauses
    .map((clause, index) => {
      const subject = subjectOf(clause);
      return subject !== null && index > 0 && subject === subjectOf(clauses[index - 1]!)
        ? clause.slice(subject.length)
        : clause;
    })
    .join(', and ');

const SUBJECTS = ['the answer ', 'the request ', 'the run ', 'the sources '];

const subjectOf = (clause: string): string | null =>
  SUBJECTS.find((subject) => clause.toLowerCase().startsWith(subject)) ?? null;

/** A fact's clause; for a quantity, its bound in words. */
export function clauseOf({ fact, least, most }: Atom): Statement {
  const { template, slots } = fact.statement;
  if (least === null && most === null) return { template: lower(template), slots };
  const shown = template.includes('{share}') ? percent : amount;
  const bound = least === null ? `at most ${shown(most ?? 0)}` : `at least ${shown(least)}`;
  const all = least === null ? most === 0 && 'none' : least === 1 && 'all';
  return {
    template: template.replace(/\{(?:bound|share)\}/, `{${slots.length}}`),
    slots: [...slots, word((shown === percent && all) || bound)],
  };
}

/** Clauses of signals begin like sentences. */
const lower = (text: string): string =>
  /^[A-Z][a-z]/.test(text) ? text[0]!.toLowerCase() + text.slice(1) : text;

const amount = (value: number): string => Math.round(value).toLocaleString('en-US');
