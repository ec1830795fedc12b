/** A title in parts: the sentence, and distinctive terms that are listed after it. */
export interface Title {
  readonly text: string;
  readonly terms: readonly string[];
}

/** The title as people read it: `Retrieval miss: “refund”, “order”`. */
export const titleText = ({ text, terms }: Title): string =>
  [text, terms.map((term) => `“${term}”`).join(', ')].filter((part) => part !== '').join(': ');
