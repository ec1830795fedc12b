import { describe, expect, test } from 'vitest';
import type { Proven, SignIn, Workspace } from '../../store/workspace/workspace.ts';
import { memoryWorkspace } from '../../testing/memory-workspace.ts';
import { openAccounts, type ProviderRules } from './accounts.ts';

type OpenSignIn = Workspace['openSignIn'];

/** Accounts whose provider lets in those whom `known` has. */
async function admittedBy(rules: Partial<ProviderRules>, known: readonly string[]) {
  const workspace = memoryWorkspace(() => 1);
  const asked: { readonly email: string; readonly joins: readonly string[] }[] = [];
  let options: Parameters<OpenSignIn>[0] | null = null;
  await openAccounts({
    workspace: {
      ...workspace,
      people: {
        ...workspace.people,
        admit: async ({ person: { id, name, email }, joins }) => {
          asked.push({ email, joins });
          return known.includes(email)
            ? { person: { id, name, email, isOwner: false }, joined: [] }
            : null;
        },
      },
      openSignIn: async (given) => {
        options = given;
        return {} as SignIn;
      },
    },
    ...{ clock: () => 1, newId: () => 'p1', onAdmitted: async () => {} },
    address: 'https://culprit.example.com',
    provider: {
      ...{ issuer: 'https://id.example.com', clientId: 'c', clientSecret: 's', name: 'Example' },
      ...{ domains: [], joins: [], ...rules },
    },
  });
  const { provider } = options!;
  return { asked, provider: provider!, workspace };
}

const proven = (email: string, isVerified = true): Proven => ({ email, isVerified, name: 'x' });

describe('whom a provider lets in', () => {
  test.each([
    ['no address', proven(''), 'email_not_found'],
    ['an address that it has not verified', proven('ann@example.com', false), 'email_not_verified'],
    ['another domain', proven('ann@evil.example'), 'other_domain'],
    ['a domain with more before it', proven('ann@notexample.com'), 'other_domain'],
    ['a domain with more behind it', proven('ann@example.com@evil.example'), 'other_domain'],
    ['somebody unknown', proven('bob@example.com'), 'not_invited'],
    ['somebody who is known', proven('ann@example.com'), null],
  ])('%s', async (_, given, expected) => {
    const { provider } = await admittedBy({ domains: ['example.com'] }, ['ann@example.com']);
    expect(await provider.admit(given)).toBe(expected);
  });

  test('projects that people of a domain join are there', async () => {
    const rules = { domains: ['example.com'], joins: ['support'] };
    const { asked, provider, workspace } = await admittedBy(rules, []);
    expect(provider.redirectUrl).toBe('https://culprit.example.com/api/v1/sign-in/callback');
    await provider.admit(proven('bob@example.com'));
    expect(asked).toEqual([{ email: 'bob@example.com', joins: ['support'] }]);
    expect((await workspace.projects()).map(({ id }) => id)).toEqual(['support']);
  });
});
