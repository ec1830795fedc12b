import type { CasePayload, CaseSource } from '../../contract/case-payload.ts';
import { payloadLineSchema } from '../../contract/case-payload.ts';
import { plainIssue } from '../../contract/plain-issue.ts';
import { faultAt } from './located.ts';
import { contentHash } from './suite-hash.ts';

/** The contents of a suite's cases, by hash, and how the input was analyzed that they come from. */
export interface Payload {
  readonly source: CaseSource;
  readonly cases: ReadonlyMap<string, CasePayload>;
}

/** The hash that names the content of a case. */
export const payloadHash = ({
  messages,
  tools,
  documents,
  toolResults,
  recorded,
}: Omit<CasePayload, 'hash' | 'kind'>): string => {
  const { origin: _, ...trace } = recorded;
  return contentHash({ messages, tools, documents, toolResults, recorded: trace });
};

/** The payload as JSON Lines: the source, then the cases in the order given. */
export const payloadText = ({ source, cases }: Payload): string =>
  [source, ...cases.values()].map((line) => `${JSON.stringify(line)}\n`).join('');

/**
 * Reads a payload file.
 * @throws CulpritError `invalid_suite` with file and line: no JSON, another form, a content that its hash does not
 * name, no line with the source.
 */
export function parsePayload(text: string, file: string): Payload {
  let source: CaseSource | null = null;
  const cases = new Map<string, CasePayload>();
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const place = `${file}:${index + 1}`;
    const { data, error } = payloadLineSchema.safeParse(parsed(line, place));
    if (data === undefined) {
      const [issue] = error.issues;
      throw faultAt(
        place,
        `this is no line of a suite's payload: ${issue === undefined ? 'it cannot be read' : plainIssue(issue)}`,
        error,
      );
    }
    if (data.kind === 'source') source = data;
    else if (payloadHash(data) === data.hash) cases.set(data.hash, data);
    else
      throw faultAt(
        place,
        `the content was changed: its hash is ${payloadHash(data)}, not ${data.hash}. Promote the cause again`,
      );
  }
  if (source === null)
    throw faultAt(`${file}:1`, 'the line with "kind":"source" is missing: promote the cause again');
  return { source, cases };
}

function parsed(line: string, place: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw faultAt(place, 'not valid JSON', error);
  }
}
