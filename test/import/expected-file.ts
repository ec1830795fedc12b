/** The expected content of a file of traces. */
export interface ExpectedFile {
  readonly file: string;
  readonly format: string;
  readonly counts: {
    readonly traces: number;
    readonly modelCalls: number;
    readonly toolCalls: number;
    readonly documents: number;
    readonly scores: number;
    readonly errors: number;
  };
  /** Distinct span ids in the file; null if it has none. */
  readonly spans: number | null;
}

/** Rows of a table `file format traces model tool docs scores errors spans`; `_` in a format stands for a space. */
export function expectedFiles(table: string): readonly ExpectedFile[] {
  return table
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [file = '', format = '', ...numbers] = line.split(/\s+/);
      const [traces = 0, modelCalls = 0, toolCalls = 0, documents = 0, scores = 0, errors = 0] =
        numbers.map(Number);
      return {
        file,
        format: format.replace('_', ' '),
        counts: { traces, modelCalls, toolCalls, documents, scores, errors },
        spans: numbers[6] === '-' ? null : Number(numbers[6]),
      };
    });
}
