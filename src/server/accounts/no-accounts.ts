import { CulpritError } from '../../contract/culprit-error.ts';
import type { ProviderRules } from './accounts.ts';

/** An option without effect is a mistake of who gave it. @throws CulpritError `invalid_option` */
export function checkNobodySignsIn(options: {
  readonly provider?: ProviderRules | null;
  readonly trustedProxies?: readonly string[];
}): void {
  const { provider = null, trustedProxies = [] } = options;
  const given = [
    ...(provider === null ? [] : ['CULPRIT_OIDC_ISSUER']),
    ...(trustedProxies.length === 0 ? [] : ['CULPRIT_TRUSTED_PROXY']),
  ];
  if (given.length === 0) return;
  throw new CulpritError(
    'invalid_option',
    `${given.join(', ')}: no effect where nobody signs in; start the server with --auth`,
  );
}
