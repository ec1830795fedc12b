import { existsSync } from 'node:fs';
import type { CheckInput } from '../contract/check.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import type { Detector } from '../detect/define.ts';
import { checksIn as sentencesIn } from '../detect/detect.ts';
import type { CommandOptions } from './command-options.ts';
import { scriptLoader } from './load-script.ts';
import { readOptionFile } from './read-option-file.ts';

export interface CheckFiles {
  /** One for each check that code answers. */
  readonly detectors: readonly Detector[];
  /** Sentences and judge checks, which a model answers. */
  readonly questions: readonly (string | CheckInput)[];
}

/**
 * The checks of the files that `--check-file` names: checks of the catalog, or sentences. The catalog is loaded only
 * if a file uses it.
 * @throws CulpritError `invalid_option` for questions without a model and for a file that `--check` names, and what
 * reading a file throws.
 */
export async function checkFiles(options: CommandOptions): Promise<CheckFiles> {
  const { checks, checkFile, judge } = options;
  const misplaced = checks.find((sentence) => existsSync(sentence));
  if (misplaced !== undefined)
    throw new CulpritError(
      'invalid_option',
      `--check ${misplaced}: this is a file; --check-file reads the checks in it`,
    );
  const detectors: Detector[] = [];
  const questions: (string | CheckInput)[] = [];
  for (const file of checkFile) {
    const found = await checksOf(file);
    if (found.questions.length > 0 && judge === undefined)
      throw new CulpritError(
        'invalid_option',
        `--check-file ${file}: ${found.asks} a model: name one with --judge openai:<model>`,
      );
    detectors.push(...found.detectors);
    questions.push(...found.questions);
  }
  return { detectors, questions };
}

async function checksOf(file: string): Promise<CheckFiles & { readonly asks: string }> {
  const text = (await readOptionFile('--check-file', file, (content) => content)) ?? '';
  if (!usesCatalog(text, file)) {
    const questions = sentencesIn(text, `--check-file ${file}`);
    return { detectors: [], questions, asks: 'checks in plain language need' };
  }
  const { checksIn } = await import('../verify/verify.ts');
  return {
    ...(await checksIn(text, file, scriptLoader(file))),
    asks: 'the check judge needs',
  };
}

/** Whether a file names checks of the catalog, with the key `check`. Others hold sentences: JSON, or one a line. */
export function usesCatalog(text: string, file: string): boolean {
  if (/\.ya?ml$/i.test(file)) return true;
  if (!/^\s*[[{]/.test(text)) return /^\s*(?:- +)?(?:check|checks|cases)\s*:/m.test(text);
  try {
    const value: unknown = JSON.parse(text);
    const entries: unknown = Array.isArray(value) ? value : (value as { checks: unknown }).checks;
    return Array.isArray(entries) && entries.some((each) => Object.hasOwn(Object(each), 'check'));
  } catch {
    return false;
  }
}
