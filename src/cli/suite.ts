import { Command } from 'commander';
import { plural } from '../text/format.ts';
import { plain, printableJson } from '../text/printable.ts';
import { proofsOf, type ReadSuite, suiteDiff } from '../verify/verify.ts';
import { INCOMPLETE } from './exit-code.ts';
import { scriptLoader } from './load-script.ts';
import { writeResult } from './output.ts';
import { style } from './style.ts';
import { exportCommand } from './suite-export.ts';
import { importCommand } from './suite-import.ts';
import { diffLines } from './suite-lines.ts';
import { suitesAt } from './suites-at.ts';

export const suiteCommand = (): Command =>
  new Command('suite')
    .addCommand(diffCommand())
    .addCommand(checkCommand())
    .addCommand(exportCommand())
    .addCommand(importCommand());

const JSON_OPTION = ['--json', 'Print the result as JSON.'] as const;

interface Given {
  readonly json?: boolean;
}

/** Compares suites of two folders or files, by their causes. */
const diffCommand = (): Command =>
  new Command('diff')
    .description('Compare two versions of a suite, or of a folder of suites.')
    .argument('<before>', 'A suite, or a folder of suites.')
    .argument('<after>', 'Its other version.')
    .option(...JSON_OPTION)
    .action(async (before: string, after: string, { json = false }: Given) => {
      const [from, to] = [await suitesAt(before), await suitesAt(after)];
      const old = new Map(from.map((each) => [each.suite.cause.id, each]));
      const kept = new Set(to.map(({ suite }) => suite.cause.id));
      const diffs = to.flatMap(({ suite }) => {
        const earlier = old.get(suite.cause.id);
        return earlier === undefined ? [] : [suiteDiff(earlier.suite, suite)];
      });
      const added = to.filter(({ suite }) => !old.has(suite.cause.id));
      const removed = from.filter(({ suite }) => !kept.has(suite.cause.id));
      if (json) {
        const name = ({ suite, hash, file }: ReadSuite) => ({ cause: suite.cause.id, file, hash });
        writeResult(
          `${printableJson({ added: added.map(name), removed: removed.map(name), changed: diffs })}\n`,
        );
        return;
      }
      const lines = [
        ...added.map(({ suite, hash }) =>
          style('green', plain(`+ ${suite.cause.id}  ${hash}  ${suite.cause.title}`)),
        ),
        ...removed.map(({ suite, hash }) =>
          style('red', plain(`- ${suite.cause.id}  ${hash}  ${suite.cause.title}`)),
        ),
        ...diffs.flatMap(diffLines),
      ];
      writeResult(`${lines.join('\n')}\n`);
    });

/** Reads suites and proves their cases on the recorded outputs. */
const checkCommand = (): Command =>
  new Command('check')
    .description(
      'Read suites and prove their cases: guards and slice fail on their recorded output, controls pass.',
    )
    .argument('<suite>', 'A suite, or a folder of suites.')
    .option(...JSON_OPTION)
    .action(async (path: string, { json = false }: Given) => {
      const suites = await suitesAt(path);
      const proven = [];
      for (const each of suites)
        proven.push({
          each,
          proofs: await proofsOf(each, { judge: null, script: scriptLoader(each.file) }),
        });
      const broken = proven.flatMap(({ each, proofs }) =>
        [...proofs].flatMap(([{ id, role }, { broken: why }]) =>
          why === null ? [] : [{ file: each.file, case: id, role, why }],
        ),
      );
      if (json) {
        const checked = proven.map(({ each, proofs }) => ({
          ...{ file: each.file, cause: each.suite.cause.id, hash: each.hash, cases: proofs.size },
        }));
        writeResult(`${printableJson({ suites: checked, broken })}\n`);
      } else {
        const lines = proven.map(({ each, proofs }) => {
          const bad = broken.filter(({ file }) => file === each.file).length;
          const good = `${proofs.size - bad} of ${plural(proofs.size, 'case')} proven`;
          return `${style('cyan', each.file)}  ${each.hash}  ${bad === 0 ? good : style('red', good)}`;
        });
        const why = broken.map((each) =>
          style('red', plain(`broken  ${each.case} (${each.role}): ${each.why}`)),
        );
        writeResult(`${[...lines, ...why].join('\n')}\n`);
      }
      if (broken.length > 0) process.exitCode = INCOMPLETE;
    });
