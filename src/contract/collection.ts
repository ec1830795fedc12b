/** Something in the input that could not be used. Never fatal by itself. */
export interface Problem {
  readonly file: string;
  /** 1-based; null where the format has no lines. */
  readonly line: number | null;
  /** Stable word: broken_json, not_an_object, bad_span, bad_protobuf, late_span, unmatched_score, truncated_file, … */
  readonly code: string;
  readonly message: string;
}

/** What came out of one file. */
export interface FileReport {
  readonly name: string;
  /** Dialects and shapes seen, most frequent first, for example `otlp-json (traces)`. */
  readonly formats: readonly string[];
  /** Bytes read after decompression. */
  readonly bytes: number;
  /** Lines, rows, spans or objects read. */
  readonly records: number;
  readonly broken: number;
  readonly traces: number;
  readonly modelCalls: number;
  readonly toolCalls: number;
  readonly documents: number;
  readonly scores: number;
  readonly errors: number;
}

export interface CollectReport {
  readonly files: readonly FileReport[];
  /** The first 100, in order of appearance. */
  readonly problems: readonly Problem[];
  readonly problemCount: number;
}
