import type { FileFacts } from '../../contract/file-facts.ts';
import { modelOf } from '../file/model-of.ts';
import type { Run } from '../run/run.ts';
import type { Fact } from './fact.ts';
import { runFacts } from './facts.ts';
import type { ReadKind } from './parts.ts';

/** The first fact of a kind in a run; undefined if there is none. */
export const factOf = (run: Run, file: FileFacts | null, kind: ReadKind): Fact | undefined =>
  runFacts(run, modelOf(file)).first(kind);

/** The tool that a decisive fact names, and its masked message if enough traces share it. */
export function decisive(
  run: Run,
  file: FileFacts | null,
  outcome: 'failure' | 'nothing',
): { readonly tool: string; readonly message: string } {
  const [named, said] =
    outcome === 'failure'
      ? (['decisive_failure', 'decisive_error'] as const)
      : (['decisive_nothing', 'decisive_empty'] as const);
  return {
    tool: factOf(run, file, named)?.parts[0] ?? '',
    message: factOf(run, file, said)?.parts[1] ?? '',
  };
}
