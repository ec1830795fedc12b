import type { Atom, Condition } from '../contract/condition.ts';
import type { Slot, Statement } from '../contract/signal.ts';
import { word } from './statement.ts';

/** A condition as one sentence without the final period: the clauses of its facts joined by `and`. */
export function conditionStatement({ atoms }: Condition): Statement {
  const slots: Slot[] = [];
  const clauses = atoms.map((atom) => {
    const { template, slots: own } = clauseOf(atom);
    const from = slots.length;
    slots.push(...own);
    return template.replace(/\{(\d{1,2})\}/g, (_, index: string) => `{${from + Number(index)}}`);
  });
  const template = clauses.join(', and ');
  return {
    template: template[0] === undefined ? '' : template[0].toUpperCase() + template.slice(1),
    slots,
  };
}

/** A fact's clause; for a quantity, its bound in words. */
export function clauseOf({ fact, least, most }: Atom): Statement {
  const { template, slots } = fact.statement;
  if (least === null && most === null) return { template: lower(template), slots };
  const bound = least === null ? `at most ${shown(most ?? 0)}` : `at least ${shown(least)}`;
  return {
    template: `${template.replace('{bound}', `{${slots.length}}`)}`,
    slots: [...slots, word(bound)],
  };
}

/** Clauses of signals begin like sentences. */
const lower = (text: string): string =>
  /^[A-Z][a-z]/.test(text) ? text[0]!.toLowerCase() + text.slice(1) : text;

const shown = (value: number): string =>
  value > 0 && value < 1
    ? `${Math.round(value * 100)}%`
    : Math.round(value).toLocaleString('en-US');
