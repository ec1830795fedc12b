import type { Formula, FormulaMeasure } from '../contract/decision.ts';

const MEASURES: Readonly<Record<FormulaMeasure, string>> = {
  failures: 'failures per 1,000 traces',
  users: 'users reached',
  cost: 'US dollars lost',
  tokens: 'thousand tokens lost',
  latency: 'minutes lost',
};

/** The formula as a sentence without its period. */
export const formulaText = ({ measure, severity, fixCost }: Formula): string =>
  [
    `priority = ${MEASURES[measure]}`,
    severity ? ' × severity' : '',
    fixCost === 'never' ? '' : ` ÷ fix cost${fixCost === 'set' ? ' where one is set' : ''}`,
  ].join('');
