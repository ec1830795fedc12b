import { givenCommand } from '../../src/cli/given-command.ts';
import { rankedList } from '../../src/cli/ranked-list.ts';
import { type Collection, collect } from '../../src/collect/collect.ts';
import { CulpritError } from '../../src/contract/culprit-error.ts';
import { analyze, detect } from '../../src/culprit.ts';
import { bytesSource } from '../../src/platform/memory-source.ts';
import { printable } from '../../src/text/printable.ts';
import type { FuzzInput } from './fuzz-input.ts';

/** What is wrong with how one input was handled; null when nothing is. */
export async function tryInput(input: FuzzInput, whole: boolean): Promise<string | null> {
  const collection = collect([bytesSource(input.bytes, 'input')], {});
  const ids: string[] = [];
  try {
    for await (const traces of collection.traces()) {
      for (const trace of traces) {
        ids.push(trace.id);
        const failed = detect(trace).find(
          ({ statement }) => statement.template === 'the detector failed',
        );
        if (failed !== undefined) return `detector ${failed.detector} failed`;
      }
    }
  } catch (error) {
    if (!(error instanceof CulpritError) || error.code === 'internal')
      return `threw ${textOf(error)}`;
  }
  return lost(input, ids, collection) ?? (whole ? wholeRun(input) : null);
}

/** Records in = traces out + counted, and no trace that did not go in. */
function lost(input: FuzzInput, out: readonly string[], collection: Collection): string | null {
  const { problemCount, problems, remarks } = collection.report();
  const broken = problems.find(
    ({ code }) => code === 'broken_trace' || code === 'unreadable_record',
  );
  if (broken !== undefined) return `not guarded in its place: ${broken.message}`;
  if (input.ids === null) return null;
  const wanted = new Set(input.ids);
  const extra = out.filter((id) => !wanted.has(id));
  const seen = new Set(out);
  const missing = input.ids.filter((id) => !seen.has(id));
  const swallowed = remarks.some(({ code }) => code === 'rows_in_cell');
  if (extra.length > 0 || seen.size < out.length) return `traces that did not go in: ${extra}`;
  return missing.length > problemCount && !swallowed
    ? `${missing.length} lost, ${problemCount} counted: ${missing}`
    : null;
}

async function wholeRun(input: FuzzInput): Promise<string | null> {
  try {
    const { analysis } = await analyze(bytesSource(input.bytes, 'input'), { all: true });
    const list = rankedList(analysis, {
      top: 10,
      width: 100,
      isTerminal: false,
      command: givenCommand(['analyze', 'input']),
      report: null,
    });
    if (printable(list, true) !== list) return 'a control character in the list';
    const failing = analysis.detectors.find(({ errors }) => errors > 0);
    return failing === undefined ? null : `${failing.id}: ${failing.firstError}`;
  } catch (error) {
    return error instanceof CulpritError ? null : `threw ${textOf(error)}`;
  }
}

const textOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message).slice(0, 600) : String(error);
