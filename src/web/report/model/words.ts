import type { Analysis } from '../../../contract/analysis.ts';

/** What the page speaks of: causes of failures, or, when every trace was grouped, groups of traces. */
export interface Words {
  readonly isAll: boolean;
  readonly cause: string;
  readonly causes: string;
  readonly Causes: string;
  readonly failure: string;
  readonly failures: string;
}

const FAILED: Words = {
  isAll: false,
  cause: 'cause',
  causes: 'causes',
  Causes: 'Causes',
  failure: 'failure',
  failures: 'failures',
};

const ALL: Words = {
  isAll: true,
  cause: 'group',
  causes: 'groups',
  Causes: 'Groups',
  failure: 'trace',
  failures: 'traces',
};

export const wordsOf = ({ options }: Pick<Analysis, 'options'>): Words =>
  options.all ? ALL : FAILED;
