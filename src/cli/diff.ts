import { resolve } from 'node:path';
import { Command } from 'commander';
import { CulpritError } from '../contract/culprit-error.ts';
import { diffOptions, diffShape } from './diff-options.ts';
import { givenOptions, withFlags } from './flags.ts';

/** `culprit diff before after`, or one file with `--by` or `--against`. */
export const diffCommand = (): Command =>
  withFlags(
    new Command('diff')
      .argument('<file>', 'Traces, as for analyze: a file or a folder.')
      .argument('[after]', 'Traces to compare with the first.'),
    diffShape,
  ).action(async (file: string, after: string | undefined, _: unknown, command: Command) => {
    const options = diffOptions(givenOptions(command, diffShape));
    checkInputs(file, after, options);
    const { runDiff } = await import('./run-diff.ts');
    await runDiff(file, after ?? null, options);
  });

/** One file needs something to tell groups by; two files need nothing more. */
function checkInputs(
  file: string,
  after: string | undefined,
  { by, from, to, against, split }: ReturnType<typeof diffOptions>,
): void {
  const invalid = (message: string): CulpritError => new CulpritError('invalid_option', message);
  const flags = Object.entries({ '--by': by, '--from': from, '--to': to, '--against': against })
    .filter(([, value]) => value !== undefined)
    .map(([flag]) => flag);
  if (after !== undefined) {
    if (flags.length > 0)
      throw invalid(
        `${flags.join(' and ')} has no effect with two files: give one file, or leave it out`,
      );
    if (resolve(file) === resolve(after))
      throw invalid(`both sides are ${file}: give two files, or one with --by`);
    return;
  }
  if (by === undefined && against === undefined)
    throw invalid(
      `nothing to compare ${file} with: give a second file, or --by promptVersion for versions in this one, or --against for an earlier run`,
    );
  if (against !== undefined) {
    const useless = flags.filter((flag) => flag !== '--against');
    if (split !== undefined) useless.push('--split');
    if (useless.length > 0)
      throw invalid(
        `${useless.join(' and ')} has no effect with --against, which compares the whole file`,
      );
  }
}
