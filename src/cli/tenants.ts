import { Command } from 'commander';
import { givenOptions, withFlags } from './flags.ts';
import { checkInput, splitStoreOptions, storeShape } from './store-options.ts';
import { tenantsOptions, tenantsShape } from './tenants-options.ts';

/** `--tenant` is the one to report about. */
const { tenant: _, ...storeOfAll } = storeShape;
const shape = { ...storeOfAll, ...tenantsShape };

export const tenantsCommand = (): Command =>
  withFlags(new Command('tenants').argument('[file...]', 'Traces, as for analyze.'), shape).action(
    async (files: readonly string[], _: unknown, command: Command) => {
      const { tenant, ...given } = givenOptions(command, shape);
      const { store, others } = splitStoreOptions(given);
      checkInput(files, store, others);
      const options = tenantsOptions({ ...others, ...(tenant !== undefined && { tenant }) });
      const { runTenants } = await import('./run-tenants.ts');
      await runTenants({ files, store }, options);
    },
  );
