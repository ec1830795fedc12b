import type { ReadSuite } from '../suite/read-suites.ts';
import type { Exported } from './exported.ts';
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

/** The cases of suites in the form of another program, with what is lost on the way. */
export const exportSuites = (suites: readonly ReadSuite[], to: ExportFormat): Exported =>
  EXPORTS[to](suites);
