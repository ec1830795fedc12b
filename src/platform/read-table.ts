import { parse } from 'csv-parse/sync';
import { CulpritError } from '../contract/culprit-error.ts';

/** A row of a table by the names of its columns. */
export interface TableRow {
  readonly cells: Readonly<Record<string, string>>;
  readonly line: number;
}

/**
 * The rows of a CSV or TSV file with a header (RFC 4180; comma or semicolon, tab in `.tsv`).
 * @throws CulpritError `invalid_suite` with file and line.
 */
export function readTable(text: string, file: string): readonly TableRow[] {
  try {
    const rows: readonly {
      readonly record: Readonly<Record<string, string>>;
      readonly info: { readonly lines: number };
    }[] = parse(text, {
      columns: true,
      info: true,
      skip_empty_lines: true,
      delimiter: /\.tsv$/i.test(file) ? '\t' : [',', ';'],
    });
    return rows.map(({ record, info }) => ({ cells: record, line: info.lines }));
  } catch (error) {
    throw badTable(file, error);
  }
}

function badTable(file: string, cause: unknown): CulpritError {
  const why = cause instanceof Error ? cause.message : String(cause);
  const line = /line (\d+)/.exec(why)?.[1] ?? 1;
  return new CulpritError('invalid_suite', `${file}:${line}: not a valid table: ${why}`, { cause });
}
