import { CulpritError } from '../../../contract/culprit-error.ts';
import type { ScoreRule } from '../../run/options.ts';

/**
 * Reads `groundedness<0.7`, `toxicity >= 0.5` or `verdict=incorrect` into a rule. Comparisons: `<`,
 * `<=`, `>`, `>=`, `=` (or `==`), `!=`; the first four need a number, the others take a number or a word.
 * @throws CulpritError `invalid_option` on anything else.
 */
export function parseScoreRule(text: string): ScoreRule {
  const parts = /^([^<>=!]{1,200})(<=|>=|==|!=|<|>|=)([^<>=!]{1,200})$/.exec(text.trim());
  const name = parts?.[1]?.trim() ?? '';
  const value = parts?.[3]?.trim() ?? '';
  const comparison = asComparison(parts?.[2]);
  if (name === '' || value === '' || comparison === null) {
    throw invalid(text, 'expected NAME, a comparison, and VALUE');
  }
  const number = Number(value);
  if (Number.isFinite(number)) return { name, comparison, threshold: number };
  if (comparison !== '=' && comparison !== '!=') {
    throw invalid(text, `${comparison} needs a number, not "${value}"`);
  }
  return { name, comparison, threshold: value };
}

function asComparison(text: string | undefined): ScoreRule['comparison'] | null {
  switch (text) {
    case '<':
    case '<=':
    case '>':
    case '>=':
    case '=':
    case '!=':
      return text;
    case '==':
      return '=';
    default:
      return null;
  }
}

const invalid = (text: string, why: string): CulpritError =>
  new CulpritError(
    'invalid_option',
    `Cannot read the score rule "${text.slice(0, 200)}": ${why}. Write it like groundedness<0.7 or verdict=incorrect.`,
  );
