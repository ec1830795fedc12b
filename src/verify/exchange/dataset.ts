import type { ReadSuite } from '../suite/read-suites.ts';
import {
  caseMetadata,
  chatMessage,
  type Loss,
  type OutgoingCase,
  outgoingCases,
} from './exported.ts';

/** A case as rows of datasets hold it. */
export interface DatasetRow {
  readonly each: OutgoingCase;
  readonly input: object;
  /** Null where the case has no reference. */
  readonly expected: { readonly answer: string } | null;
  readonly metadata: object;
}

/** Rows for a program that stores cases and runs no checks of ours. Nothing is dropped; checks become metadata. */
export function datasetRows(
  suites: readonly ReadSuite[],
  program: string,
): { readonly rows: readonly DatasetRow[]; readonly losses: readonly Loss[] } {
  const cases = outgoingCases(suites);
  const rows = cases.map((each): DatasetRow => {
    const { messages, tools, documents, toolResults, recorded } = each.payload;
    return {
      each,
      input: {
        messages: messages.map(chatMessage),
        ...(tools.length > 0 && { tools }),
        ...(documents.length > 0 && { documents }),
        ...(toolResults.length > 0 && { tool_results: toolResults }),
      },
      expected: each.reference === null ? null : { answer: each.reference },
      metadata: { ...caseMetadata(each), recorded_answer: recorded.output },
    };
  });
  const losses = cases.flatMap(({ id, checks }) =>
    checks.map(({ check }) => ({
      ...{ case: id, check },
      what: `${program} does not run it: it is kept as metadata`,
    })),
  );
  return { rows, losses };
}

/** Name of the dataset of one cause. */
export const datasetName = ({ read }: OutgoingCase): string => `culprit ${read.suite.cause.id}`;
