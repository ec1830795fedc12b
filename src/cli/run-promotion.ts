import { join } from 'node:path';
import type { SuiteCase } from '../contract/suite.ts';
import { type Promotion, promote } from '../culprit.ts';
import { readSuiteFolder } from '../platform/suite-folder.ts';
import { plural } from '../text/format.ts';
import { plain, printableJson } from '../text/printable.ts';
import { suitesIn } from '../verify/verify.ts';
import { commandOptions } from './command-options.ts';
import { scriptLoader } from './load-script.ts';
import { inputOf } from './named-files.ts';
import { writeResult } from './output.ts';
import { inPromoteFlags, type PromoteCommandOptions } from './promote-options.ts';
import type { StoreOptions } from './store-options.ts';
import { style } from './style.ts';
import { diffLines, useLine } from './suite-lines.ts';
import { typable } from './typable.ts';
import { withInputs } from './with-inputs.ts';
import { writePromotion } from './write-promotion.ts';

/** Analyzes the files, promotes one cause, writes its suite, prints what was chosen. */
export async function runPromotion(
  { files, store }: { readonly files: readonly string[]; readonly store: StoreOptions },
  cause: string | number,
  { suite: folder, pick, redact, redactSalt, json, cause: _, ...analysis }: PromoteCommandOptions,
): Promise<void> {
  const suites = suitesIn(await readSuiteFolder(folder));
  try {
    await withInputs(
      { ...commandOptions({}), ...analysis },
      async (given, progress) =>
        promote(
          await inputOf(
            files.map((path) => ({ path, name: path })),
            store,
          ),
          {
            ...given,
            ...{ cause, pick, redact, redactSalt, suites },
            script: scriptLoader(join(folder, 'suite.yaml')),
            progress,
          },
        ),
      async (promotion) => {
        const { path, payload } = await writePromotion(promotion, folder, suites);
        writeResult(json ? jsonOf(promotion, path, payload) : linesOf(promotion, path, folder));
      },
    );
  } catch (error) {
    throw inPromoteFlags(error);
  }
}

function jsonOf(
  { suite, added, broken, notes, diff }: Promotion,
  file: string,
  payload: string,
): string {
  const cases = added.map(({ id }) => id);
  return `${printableJson({ file, payload, suite, added: cases, broken, notes, diff })}\n`;
}

function linesOf(
  { suite, added, broken, notes, diff }: Promotion,
  path: string,
  folder: string,
): string {
  const title = style('bold', plain(suite.cause.title));
  if (added.length === 0)
    return `${title}\nnothing new: ${style('cyan', path)} holds these cases already\n`;
  const roles = (['guard', 'control', 'slice'] as const).map((role) => {
    const count = added.filter((each) => each.role === role).length;
    return role === 'slice' ? `${plural(count, 'case')} in the slice` : plural(count, role);
  });
  const lines = [
    '',
    title,
    row(
      'suite',
      `${style('cyan', path)} (${diff === null ? 'new' : 'extended'}): ${roles.join(', ')}`,
    ),
    ...suite.checks.map((use, index) => row(index === 0 ? 'checks' : '', useLine(use))),
    ...added
      .filter(({ role }) => role === 'guard')
      .map((each, index) => row(index === 0 ? 'guards' : '', guardLine(each))),
    row('proof', proofLine(added)),
    ...broken
      .slice(0, 5)
      .map(({ trace, role, why }, index) =>
        row(index === 0 ? 'broken' : '', style('yellow', plain(`${trace} is no ${role}: ${why}`))),
      ),
    ...(broken.length > 5
      ? [row('', `… and ${broken.length - 5} more that prove nothing were left out`)]
      : []),
    ...notes.map((note, index) => row(index === 0 ? 'note' : '', style('dim', note))),
    ...(diff === null ? [] : ['', ...diffLines(diff)]),
    '',
    row('next', `${typable(`culprit suite check ${folder}`)} proves the cases; see docs/suites.md`),
    '',
  ];
  return lines.join('\n');
}

const row = (name: string, text: string): string => `${name.padEnd(8)}${text}`;

const guardLine = ({ id, pick, trace, input }: SuiteCase): string =>
  `${id}  ${(pick ?? '').padEnd(8)} ${plain(trace).slice(0, 40)}  ${style('dim', `“${plain(input ?? '').slice(0, 60)}”`)}`;

function proofLine(added: readonly SuiteCase[]): string {
  const unproven = added.filter(({ proof }) => proof === 'unproven').length;
  return unproven > 0
    ? `${plural(unproven, 'case')} unproven: only a provisional judge could tell`
    : `${plural(added.length, 'case')} proven: recorded outputs of guards and slice fail the checks, those of controls pass`;
}
