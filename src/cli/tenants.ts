import { Command } from 'commander';
import { givenOptions, withFlags } from './flags.ts';
import { tenantsOptions, tenantsShape } from './tenants-options.ts';

export const tenantsCommand = (): Command =>
  withFlags(
    new Command('tenants').argument('<file...>', 'Traces, as for analyze.'),
    tenantsShape,
  ).action(async (files: readonly string[], _: unknown, command: Command) => {
    const options = tenantsOptions(givenOptions(command, tenantsShape));
    const { runTenants } = await import('./run-tenants.ts');
    await runTenants(files, options);
  });
