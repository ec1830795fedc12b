/** What went wrong between here and the provider, by the codes in which better-auth, OAuth 2.0 and the server say it. */
const FAULTS: Readonly<Record<string, string>> = {
  access_denied: 'The provider says that access was denied, or that you turned back.',
  not_invited: 'Nobody has invited this email address. Ask an admin of a project.',
  other_domain: 'Email addresses of this domain may not sign in here.',
  email_not_found: 'The provider did not say your email address, by which people are known here.',
  email_not_verified: 'The provider has not verified your email address.',
  state_mismatch:
    'This answer of the provider does not belong to a sign-in that this browser began, or it began too long ago.',
  state_not_found: 'The provider sent you back without saying which sign-in it answers.',
  invalid_code:
    'The provider refused the proof that this server began the sign-in, or its code was used or has expired.',
  unable_to_get_user_info:
    'What the provider says about you does not belong to this sign-in, or is not signed by it.',
  issuer_mismatch: 'The answer came from another provider.',
  account_not_linked: 'This account cannot be joined with the one that has your email address.',
};

/** A code in words. */
export const providerFault = (code: string): string =>
  FAULTS[code] ?? `The sign-in failed (${code.slice(0, 60)}).`;
