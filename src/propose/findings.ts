import type { Cluster } from '../contract/cluster.ts';

/** Something that code found about a cause, which a sentence can rest on. */
export interface Finding {
  /** As the model names it: `F1`. */
  readonly id: string;
  /** One sentence without the final period. */
  readonly text: string;
  /** Where it holds. */
  readonly places: readonly { readonly traceId: string; readonly path: string }[];
  /** The tool that it is about wherever it is called; null for one that holds at its places alone. */
  readonly tool: string | null;
}

/** What its members share, in what they differ from similar traces that passed, and what the recorded prompt and tools say. */
export function findingsOf({ title, evidence, contrasts, why }: Cluster): readonly Finding[] {
  const found: Omit<Finding, 'id'>[] = [
    { text: title, places: evidence, tool: null },
    ...contrasts.map(({ sentence, tool }) => ({ text: sentence, places: [], tool })),
    ...why.map((each) => ({ text: each.statement, places: each.evidence, tool: null })),
  ];
  return found.slice(0, MOST).map((each, index) => ({ ...each, id: `F${index + 1}` }));
}

const MOST = 8;

/** Names of tools and fields in a sentence: what stands in backticks. */
export const namesIn = (text: string): readonly string[] =>
  [...text.matchAll(/`([^`]{1,100})`/g)].map(([, name]) => name!);
