import * as z from 'zod';
import { CulpritError } from '../contract/culprit-error.ts';
import type { ServeOptions } from '../server/server.ts';
import { environment } from './environment.ts';

type SignInOptions = Pick<ServeOptions, 'address' | 'provider' | 'trustedProxies'>;

const NAMES = {
  issuer: 'CULPRIT_OIDC_ISSUER',
  clientId: 'CULPRIT_OIDC_CLIENT_ID',
  clientSecret: 'CULPRIT_OIDC_CLIENT_SECRET',
  name: 'CULPRIT_OIDC_NAME',
  domains: 'CULPRIT_OIDC_DOMAINS',
  joins: 'CULPRIT_OIDC_JOIN',
} as const;

const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])$/;

/** With TLS, other than on this machine. */
const secureUrl = z.url({ protocol: /^https?$/ }).refine((text) => {
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || LOOPBACK.test(hostname);
}, 'needs https:');

const list = z
  .string()
  .transform((text) => text.split(',').map((each) => each.trim().toLowerCase()))
  .pipe(z.array(z.string().min(1)).min(1));

const providerSchema = z.strictObject({
  issuer: secureUrl,
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  name: z.string().trim().min(1).max(60).optional(),
  domains: list
    .pipe(z.array(z.string().regex(/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/, 'is no domain')))
    .optional(),
  joins: list.optional(),
});

/** The address of browsers, and how people sign in, as the operator says it in the environment. */
export function signInEnvironment(): SignInOptions {
  const address = environment('CULPRIT_PUBLIC_URL');
  return { address, provider: providerIn(address), trustedProxies: trustedProxies() };
}

function providerIn(address: string | null): NonNullable<SignInOptions['provider']> | null {
  const given = Object.entries(NAMES).flatMap(([field, name]) => {
    const value = environment(name);
    return value === null ? [] : [[field, value] as const];
  });
  if (given.length === 0) return null;
  const read = providerSchema.safeParse(Object.fromEntries(given));
  if (!read.success) {
    const [issue] = read.error.issues;
    const name = NAMES[issue?.path[0] as keyof typeof NAMES] ?? NAMES.issuer;
    throw wrong(name, environment(name) === null ? 'is missing' : (issue?.message ?? 'is wrong'));
  }
  const { domains = [], joins = [], name, ...provider } = read.data;
  if (joins.length > 0 && domains.length === 0)
    throw wrong(
      NAMES.joins,
      `would let everybody in whom the provider knows: name domains in ${NAMES.domains}`,
    );
  if (address === null)
    throw wrong(
      NAMES.issuer,
      'needs CULPRIT_PUBLIC_URL, to which the provider sends browsers back',
    );
  return { ...provider, domains, joins, name: name ?? new URL(provider.issuer).host };
}

function trustedProxies(): readonly string[] {
  const given = environment('CULPRIT_TRUSTED_PROXY');
  return given === null ? [] : given.split(',').map((each) => each.trim());
}

const wrong = (name: string, why: string): CulpritError =>
  new CulpritError('invalid_option', `${name} ${why}`);
