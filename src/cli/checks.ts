import { Command } from 'commander';
import { checkCatalog } from '../verify/checks.ts';
import { aboutCheck } from '../verify/verify.ts';
import { writeResult } from './output.ts';
import { style } from './style.ts';

/** Lists the catalog, or describes one check. */
export const checksCommand = (): Command =>
  new Command('checks')
    .argument('[name]', 'The check to describe.')
    .option('--json', 'Print the catalog, or the check, as JSON.')
    .action((name: string | undefined, { json = false }: { readonly json?: boolean }) => {
      const page = name === undefined ? null : aboutCheck(name);
      const entries = checkCatalog().filter(({ id }) => name === undefined || id === name);
      if (json) {
        writeResult(`${JSON.stringify(name === undefined ? entries : entries[0], finite)}\n`);
        return;
      }
      if (page !== null) {
        writeResult(`${page}\n`);
        return;
      }
      const width = Math.max(...entries.map(({ id }) => id.length));
      const groups = Object.entries(Object.groupBy(entries, ({ group }) => group));
      const sections = groups.map(([group, inside]) =>
        [
          style('bold', group),
          ...inside.map(({ id, passes }) => `  ${id.padEnd(width)}  ${style('dim', passes)}`),
        ].join('\n'),
      );
      writeResult(
        `${sections.join('\n\n')}\n\nculprit checks NAME describes one: its parameters and an example\n`,
      );
    });

/** JSON has no infinity. */
const finite = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? null : value;
