import * as z from 'zod';
import { CulpritError } from '../contract/culprit-error.ts';
import { readTable } from '../platform/read-table.ts';
import { isRecord } from '../text/json.ts';
import { labelMeaning } from '../text/score-labels.ts';

const LABEL_KEYS = ['failed', 'label', 'value'] as const;

const rowSchema = z.looseObject({
  trace_id: z.string().min(1),
  annotator: z.string().optional(),
});

/**
 * Whether traces failed, by id: rows with `trace_id` (or `id`) and `failed` (true, false, 1, 0) or `label` (pass, fail and
 * their like), as JSON Lines, JSON or a table. A later row replaces an earlier one of the same trace.
 * @throws CulpritError `invalid_option` with the line that cannot be read, and for labels of judges.
 */
export function labelsOfFile(text: string, source: string): ReadonlyMap<string, boolean> {
  const labels = new Map<string, boolean>();
  for (const { row, line } of rowsOf(text, source)) {
    const where = `${source}: line ${line}`;
    const { data } = rowSchema.safeParse({ ...row, trace_id: row['trace_id'] ?? row['id'] });
    if (data === undefined) throw invalid(`${where} has no trace_id`);
    if (data.annotator !== undefined && /^(?:model|judge|llm)$/i.test(data.annotator))
      throw invalid(
        `${where} is the label of a judge, and labels of people are never mixed with those: leave its rows out, or put the judge's scores into the traces and name one with --imitate`,
      );
    const key = LABEL_KEYS.find((each) => row[each] !== undefined && row[each] !== '');
    const failed = key === undefined ? null : failedBy(key, row[key]);
    if (failed === null)
      throw invalid(
        `${where} does not say whether the trace failed: give failed (true or false) or label (pass or fail)`,
      );
    labels.set(data.trace_id, failed);
  }
  if (labels.size === 0) throw invalid(`${source}: there are no labels in it`);
  return labels;
}

/** `failed: true` and `label: fail` mean the same; of other keys, 1 and true pass. */
function failedBy(key: (typeof LABEL_KEYS)[number], value: unknown): boolean | null {
  const meaning = labelMeaning(String(value));
  if (meaning === 'bad' || meaning === 'good') return meaning === 'bad';
  if (meaning === undefined) return null;
  return (meaning === 'true') === (key === 'failed');
}

interface Row {
  readonly row: Readonly<Record<string, unknown>>;
  readonly line: number;
}

function rowsOf(text: string, source: string): readonly Row[] {
  const start = text.trimStart()[0];
  if (start === '[') {
    const value = parsed(text, source);
    if (Array.isArray(value) && value.every(isRecord))
      return value.map((row, index) => ({ row, line: index + 1 }));
    throw invalid(`${source}: give a list of objects`);
  }
  if (start === '{')
    return text.split('\n').flatMap((line, index) => {
      if (line.trim() === '') return [];
      const row = parsed(line, `${source}: line ${index + 1}`);
      if (!isRecord(row)) throw invalid(`${source}: line ${index + 1} is no object`);
      return [{ row, line: index + 1 }];
    });
  return readTable(text, source).map(({ cells, line }) => ({ row: cells, line }));
}

function parsed(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalid(`${source}: not valid JSON (${String(cause)})`, cause);
  }
}

const invalid = (message: string, cause?: unknown): CulpritError =>
  new CulpritError('invalid_option', message, cause === undefined ? {} : { cause });
