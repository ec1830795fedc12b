import { Document, isMap, isSeq, type YAMLMap } from 'yaml';
import type { Suite, SuiteCase } from '../../contract/suite.ts';
import { type Located, parseYaml } from './located.ts';

/** File with the JSON Schema of suites that stands beside them, for editors. */
export const SCHEMA_FILE = 'suite.schema.json';

/** Never folds a line: texts stay as people wrote them. */
const STYLE = { lineWidth: 0 } as const;

const HEAD = ` yaml-language-server: $schema=${SCHEMA_FILE}
 Cases of one root cause, made by culprit promote. Edit it: comments and order are kept.
 Guards must pass in every version, controls prevent over-correction, the slice proves one fix.`;

const PARTS: Readonly<Record<string, string>> = {
  register: ' Fixed before a run; a change of it makes a new run.',
  proofBudget: ' What proves the fix in production.',
  checks: ' A case passes when all of these pass. culprit checks lists what there is.',
  cases: ' The contents are in the payload, by hash.',
};

/** A new suite as YAML with comments. */
export function suiteText(suite: Suite): string {
  const document = new Document(suite, { aliasDuplicateObjects: false });
  document.commentBefore = HEAD;
  if (isMap(document.contents)) {
    for (const { key } of document.contents.items) {
      const comment = PARTS[String(key)];
      if (comment === undefined || typeof key !== 'object' || key === null) continue;
      Object.assign(key, { commentBefore: comment, spaceBefore: true });
    }
  }
  separate(document);
  return document.toString(STYLE);
}

/** The suite’s file with new cases at the end; everything else stays as it is, comments too. */
export function withCases({ document, file }: Located, added: readonly SuiteCase[]): string {
  const copy = parseYaml(document.toString(STYLE), file).document;
  for (const each of added) copy.addIn(['cases'], copy.createNode(each));
  separate(copy);
  return copy.toString(STYLE);
}

/** The suite’s file with one field of some cases set, everything else as it is: `spent`, `retired`, `quarantined`. */
export function withField(
  { document, file }: Located,
  ids: ReadonlySet<string>,
  field: 'spent' | 'retired' | 'quarantined',
  value: unknown,
): string {
  const copy = parseYaml(document.toString(STYLE), file).document;
  for (const item of itemsOf(copy))
    if (ids.has(String(item.get('id')))) item.set(field, copy.createNode(value));
  return copy.toString(STYLE);
}

/** A blank line before each case. */
function separate(document: Document): void {
  for (const item of itemsOf(document).slice(1)) item.spaceBefore = true;
}

function itemsOf(document: Document): YAMLMap[] {
  const cases = document.get('cases');
  return isSeq(cases) ? cases.items.filter(isMap) : [];
}
