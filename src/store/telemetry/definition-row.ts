/** What an application works with by version: its prompts and the tools that it offers. */
export type DefinitionKind = 'prompt' | 'tool';

/**
 * A text that was seen under a name and a version. Identity: (project, kind, name, version, hash). Rows of the same are
 * joined: from the earliest `first` to the latest `last`.
 */
export interface DefinitionRow {
  readonly project: string;
  /** The trace that it was seen in. */
  readonly traceId: string;
  readonly kind: DefinitionKind;
  /** '' where more names came than are kept. */
  readonly name: string;
  /** '' where more versions came than are kept. */
  readonly version: string;
  /** Of the whole text; '' where more texts came than are kept. */
  readonly hash: string;
  /** Its first characters. */
  readonly text: string;
  /** Characters of the whole text. */
  readonly size: number;
  /** Epoch milliseconds. */
  readonly first: number;
  readonly last: number;
  /** Epoch milliseconds from which on the store drops it (to the day), unless it was seen again. */
  readonly expires: number;
}
