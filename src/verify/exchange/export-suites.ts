import { CulpritError } from '../../contract/culprit-error.ts';
import { plural } from '../../text/format.ts';
import type { ReadSuite } from '../suite/read-suites.ts';
import { type Exported, LEFT_OUT, outgoingCases } from './exported.ts';
import { toInspect } from './inspect.ts';
import { toLangfuse } from './langfuse.ts';
import { toLangsmith } from './langsmith.ts';
import { toOpenaiEvals } from './openai-evals.ts';
import { toPhoenix } from './phoenix.ts';
import { toPromptfoo } from './promptfoo.ts';
import { toPytest } from './pytest.ts';
import { toVitest } from './vitest.ts';

/** Programs that suites are exported to. */
const EXPORTS = {
  promptfoo: toPromptfoo,
  inspect: toInspect,
  'openai-evals': toOpenaiEvals,
  pytest: toPytest,
  vitest: toVitest,
  langfuse: toLangfuse,
  langsmith: toLangsmith,
  phoenix: toPhoenix,
} as const;

export type ExportFormat = keyof typeof EXPORTS;

export const EXPORT_FORMATS = Object.keys(EXPORTS) as readonly ExportFormat[];

/**
 * The cases of suites in the form of another program, with what is lost on the way.
 * @throws CulpritError `empty_input` where no case is left to export.
 */
export function exportSuites(suites: readonly ReadSuite[], to: ExportFormat): Exported {
  const cases = outgoingCases(suites);
  if (cases.length === 0)
    throw new CulpritError(
      'empty_input',
      'there is no case to export: every case of these suites is retired',
    );
  const exported = EXPORTS[to](suites);
  const left = exported.losses.filter(({ what }) => what.startsWith(LEFT_OUT));
  const first = left[0];
  if (first !== undefined && new Set(left.map((each) => each.case)).size === cases.length)
    throw new CulpritError(
      'empty_input',
      `there is no case to export to ${to}: of ${plural(cases.length, 'case')} none can run there (${first.case}: ${first.what}). vitest runs every check but judges and scripts`,
    );
  return exported;
}
