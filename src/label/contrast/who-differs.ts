import type { Trace } from '../../contract/trace.ts';
import { percent } from '../../text/format.ts';
import { requestLanguage } from '../../text/request-language.ts';
import { type Attribute, clearDifference } from '../attribute-difference.ts';

const tenant: Attribute = { name: 'Tenant', of: (trace) => trace.tenant };
const environment: Attribute = { name: 'Environment', of: (trace) => trace.environment };
const language: Attribute = { name: 'Language', of: requestLanguage };

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
