import type { Trace } from '../../contract/trace.ts';
import { isEnglish } from '../../text/english.ts';
import { percent } from '../../text/format.ts';
import { words } from '../../text/words.ts';
import { type Attribute, clearDifference } from '../attribute-difference.ts';

/** Shorter requests do not show their language. */
const FEWEST_WORDS = 6;

const tenant: Attribute = { name: 'Tenant', of: (trace) => trace.tenant };
const environment: Attribute = { name: 'Environment', of: (trace) => trace.environment };
/** As it was recorded, else whether the request is English. */
const language: Attribute = {
  name: 'Language',
  of: ({ metadata, input }) => {
    const { language: said, locale } = metadata;
    const recorded = said ?? locale;
    if (typeof recorded === 'string' && recorded !== '') return recorded;
    if (words(input, FEWEST_WORDS).length < FEWEST_WORDS) return null;
    return isEnglish(input) ? 'English' : 'other than English';
  },
};

/**
 * Whose runs fail: the tenant, environment or language that most members have and clearly fewer passing traces, one sentence
 * each. They say where a cause shows, and are never part of its condition: another tenant can have the same cause.
 */
export const whoDiffers = (members: readonly Trace[], passing: readonly Trace[]): string[] =>
  [tenant, environment, language].flatMap((attribute) => {
    const found = clearDifference([attribute], members, passing);
    if (found === null) return [];
    const { value, here, there } = found;
    return [
      `${attribute.name} ${quotedName(value)}: ${percent(here)} of these failures, ${percent(there)} of passing traces`,
    ];
  });

const quotedName = (value: string): string =>
  value.includes(' ') ? value : `\`${value.slice(0, 60).replaceAll('`', "'")}\``;
