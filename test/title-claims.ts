import type { Analysis } from '../src/contract/analysis.ts';
import type { Cluster } from '../src/contract/cluster.ts';
import type { Slot, Statement } from '../src/contract/signal.ts';
import { isBare } from '../src/text/shown-evidence.ts';
import { slotText } from '../src/text/statement.ts';

/** What is wrong with the titles and the evidence of an analysis, one line each. */
export function wrongClaims(analysis: Analysis): string[] {
  const clusters = [...analysis.clusters, ...analysis.otherClusters];
  const members = Map.groupBy(analysis.failures, ({ cluster }) => cluster);
  return clusters.flatMap((cluster) => [
    ...(cluster.title.includes('…') ? [`has an ellipsis: ${cluster.title}`] : []),
    ...heldByTooFew(cluster, members.get(cluster.id) ?? []),
    ...wrongEvidence(cluster, analysis),
  ]);
}

const HOLDS = 0.9;

/** Titles that detectors' sentences make can be compared with the sentence of each member. */
function heldByTooFew({ title, state, rank }: Cluster, members: Analysis['failures']): string[] {
  if (state !== 'detector' || members.length === 0) return [];
  const held = members.filter(({ signals }) =>
    signals.some(({ statement }) => isClaimedBy(title, statement)),
  ).length;
  return held < HOLDS * members.length
    ? [`${rank}: holds for ${held} of ${members.length}: ${title}`]
    : [];
}

/** Whether one of the forms in a title is a sentence or a generalization of it. */
export function isClaimedBy(title: string, statement: Statement): boolean {
  if (/, or (?:a similar problem|one of \d+ similar problems)$/.test(title)) return true;
  const forms = title.split(/, or (?=[^,]{0,200}$)|, or /);
  const splits = forms.map((_, from) =>
    forms.slice(from).map((__, count) => forms.slice(from, from + count + 1).join(', or ')),
  );
  const less = { ...statement, template: withoutFailure(statement.template) };
  return splits.flat().some((form) => isForm(form, statement) || isForm(form, less));
}

/** What a call failed with may be left out: the title then says less, not more. */
const withoutFailure = (template: string): string =>
  template.replace(/ failed with \{\d{1,2}\}/g, ' failed');

/** The form holds the words around the slots in order, and in each slot the value or a summary of several. */
function isForm(form: string, { template, slots }: Statement): boolean {
  const words = bare(template).split(/\{\d{1,2}\}/);
  const order = [...bare(template).matchAll(/\{(\d{1,2})\}/g)].map(([, index]) => Number(index));
  let rest = bare(form);
  for (const [index, word] of words.entries()) {
    const at = index === 0 && word === '' ? 0 : rest.indexOf(word);
    if (at < 0 || (index === 0 && at > 0)) return false;
    if (index > 0) {
      const slot = slots[order[index - 1]!];
      const value = index === words.length - 1 && word === '' ? rest : rest.slice(0, at);
      if (slot === undefined || !covers(value.trim(), slot)) return false;
      if (index === words.length - 1 && word === '') return true;
    }
    rest = rest.slice(at + word.length);
  }
  return rest === '';
}

/** Without what stands in brackets, without articles, and without regard to capitals. */
const bare = (text: string): string =>
  text
    .replace(/\s?\([^)]{1,200}\)/g, '')
    .trim()
    .toLowerCase()
    .replace(/,? \b(?:which|that)\b/g, '')
    .replace(/\b(?:an?|the|its|another) /g, '');

/** What a title says of many tools or fields, which it counts in brackets. */
const NOUNS = { tool: ['tool', 'tool sequence'], chain: ['tool sequence'], field: ['field'] };

function covers(said: string, slot: Slot): boolean {
  if (/\d+ others$/.test(said)) return true;
  if (slot.kind in NOUNS && NOUNS[slot.kind as keyof typeof NOUNS].includes(said)) return true;
  const value = bare(slotText(slot));
  const range = /^(\d+(?:\.\d+)?)–(\d+(?:\.\d+)?)$/.exec(said);
  if (range !== null) return Number(value) >= Number(range[1]) && Number(value) <= Number(range[2]);
  const at = said.indexOf(value);
  const before = said.slice(0, Math.max(0, at));
  const after = said.slice(at + value.length);
  return at >= 0 && /(?:^|, | or )$/.test(before) && /^(?:$|, | or )/.test(after);
}

/** Evidence is a quote of a signal of a member, and speaks for itself. */
function wrongEvidence({ id, title, evidence }: Cluster, analysis: Analysis): string[] {
  const byId = new Map(analysis.failures.map((failure) => [failure.traceId, failure]));
  return evidence.flatMap(({ traceId, path, quote, shown }) => {
    const member = byId.get(traceId);
    const isQuoted =
      path === '/input' ||
      member?.signals.some((signal) =>
        signal.evidence.some((each) => each.path === path && each.quote === quote),
      );
    if (isQuoted !== true) return [`${id} ${title}: ${traceId} has no signal that quotes ${path}`];
    return isBare(shown) ? [`${id} ${title}: bare evidence ${path} ${shown}`] : [];
  });
}
