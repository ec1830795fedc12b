import { spokenName } from '../../../text/name-words.ts';
import { field, statement, tool, word } from '../../../text/statement.ts';
import type { Finding } from '../../finding.ts';
import { argumentQuote } from '../../run/argument-quote.ts';
import type { CallSite } from '../../run/calls.ts';
import { fieldName, type Leaf, namesOf } from '../../run/leaves.ts';
import type { Run } from '../../run/run.ts';
import { complaint } from '../../run/tool-complaint.ts';
import { entityOf, entityWords, isSameEntity } from './entity.ts';
import type { Provenance, Source } from './provenance.ts';

/**
 * Identifiers among a call's arguments that came from a field of another kind (`account.id` in
 * `order_id`) or from nowhere. A field of another kind counts only with corroboration: the tool
 * complained, or a value of the right kind was at hand.
 */
export function wrongOrigins(
  run: Run,
  site: CallSite,
  provenance: Provenance,
): readonly (Finding | null)[] {
  if (typeof site.call.arguments !== 'object') return [];
  const { calls } = run;
  if (site.result?.isError === true && run.succeedsLater(site)) return [];
  if (calls.length > MOST_CALLS && site.at > (calls[MOST_CALLS]?.at ?? 0)) return [];
  const traced: Traced[] = [];
  for (const leaf of site.leaves) {
    if (typeof leaf.value === 'boolean' || leaf.value === null) continue;
    const value = String(leaf.value);
    if (!isIdentifier(value, leaf)) continue;
    const sources = provenance.sourcesOf(value, site);
    traced.push({ leaf, value, sources, wanted: wantedEntity(site, leaf) });
  }
  const swapped = swappedPair(traced);
  if (swapped !== null) return [swap(run, site, ...swapped)];
  return traced.flatMap((argument) => wrongOrigin(run, site, argument) ?? []);
}

/** Later calls of a very long run are not traced back: each looks through everything before it. */
const MOST_CALLS = 200;

/** An identifier among the arguments, and every place where it occurred before. */
interface Traced {
  readonly leaf: Leaf;
  readonly value: string;
  readonly sources: readonly Source[];
  readonly wanted: readonly string[];
}

function wrongOrigin(run: Run, site: CallSite, argument: Traced): Finding | null {
  const { leaf, value, sources, wanted } = argument;
  if (sources.length === 0) return invented(run, site, leaf, value);
  if (wanted.length === 0 || sources.some((source) => isSameEntity(source.entity, wanted))) {
    return null;
  }
  const origin = sources.find((source) => source.field !== null) ?? sources[0];
  if (origin === undefined) return null;
  const complained = site.result?.isError === true;
  const atHand = hasEntity(run, site, wanted);
  if (!complained && !atHand) return null;
  return fromOtherField(run, site, leaf, value, origin, complained && atHand ? 0.97 : 0.85);
}

/** Two arguments each of which holds what the other one asks for. */
function swappedPair(traced: readonly Traced[]): readonly [Traced, Traced] | null {
  for (const [index, left] of traced.entries()) {
    const right = traced.slice(index + 1, index + 10).find((other) => {
      if (isSameEntity(left.wanted, other.wanted)) return false;
      return holds(left, other.wanted) && holds(other, left.wanted);
    });
    if (right !== undefined) return [left, right];
  }
  return null;
}

const holds = ({ sources, wanted }: Traced, other: readonly string[]): boolean =>
  sources.some((source) => source.entity.length > 0 && isSameEntity(source.entity, other)) &&
  !sources.some((source) => isSameEntity(source.entity, wanted));

function swap(run: Run, site: CallSite, left: Traced, right: Traced): Finding | null {
  const first = fieldName(left.leaf.path);
  const second = fieldName(right.leaf.path);
  return run.finding({
    cause: ['swapped', `${site.call.name}.${first}`, second],
    statement: statement`${tool(site.call.name)} was called with ${field(first)} and ${field(second)} swapped`,
    confidence: 0.95,
    spanId: site.spanId,
    evidence: [
      argumentQuote(run, site, left.leaf.path),
      argumentQuote(run, site, right.leaf.path),
      ...[left, right].map(({ sources, value }) =>
        sources[0] === undefined ? null : run.quote(sources[0].path, value, sources[0].spanId),
      ),
      complaint(run, site),
    ],
  });
}

function fromOtherField(
  run: Run,
  site: CallSite,
  leaf: Leaf,
  value: string,
  origin: Source,
  confidence: number,
): Finding | null {
  const name = fieldName(leaf.path);
  const from = origin.field ?? origin.entity.join(' ');
  return run.finding({
    cause: ['other field', `${site.call.name}.${name}`, `from ${from}`],
    statement: statement`${tool(site.call.name)} got the ${word(spokenName(from))} as ${field(name)}`,
    confidence,
    spanId: site.spanId,
    evidence: [
      argumentQuote(run, site, leaf.path),
      run.quote(origin.path, value, origin.spanId),
      complaint(run, site),
    ],
  });
}

/** A value that works is not invented, wherever it came from: a session knows more than a trace. */
function invented(run: Run, site: CallSite, leaf: Leaf, value: string): Finding | null {
  if (isFree(leaf) || isMentionedInTools(run, value)) return null;
  const name = fieldName(leaf.path);
  const complained = site.result?.isError === true;
  if (site.result !== null && !complained) return null;
  return run.finding({
    cause: ['invented value', `${site.call.name}.${name}`],
    statement: statement`${tool(site.call.name)} was called with a value for ${field(name)} that appears nowhere before the call`,
    confidence: complained ? 0.9 : 0.7,
    spanId: site.spanId,
    evidence: [argumentQuote(run, site, leaf.path), complaint(run, site)],
  });
}

/** What kind of thing the argument asks for; a bare `id` means what the tool is about. */
function wantedEntity(site: CallSite, leaf: Leaf): readonly string[] {
  const own = entityOf(namesOf(leaf.path));
  return own.length > 0 ? own : entityWords(site.call.name);
}

/** Whether a field of the wanted kind was shown before the call. */
function hasEntity(run: Run, site: CallSite, wanted: readonly string[]): boolean {
  const [word] = wanted;
  if (word === undefined) return false;
  return run.messages.some(
    (message, at) => at < site.at && message.role === 'tool' && showsEntity(message.content, word),
  );
}

function showsEntity(text: string, word: string): boolean {
  const [folded, name] = [text.toLowerCase(), word.toLowerCase()];
  if (name === '') return false;
  for (let at = folded.indexOf(name); at >= 0; at = folded.indexOf(name, at + 1)) {
    const rest = folded.slice(at + name.length, at + name.length + ENTITY_REST);
    if (ID_OF_ENTITY.test(rest)) return true;
    if (/["']/.test(folded.charAt(at - 1)) && ENTITY.test(rest)) return true;
  }
  return false;
}

const ID_OF_ENTITY = /^s?_?(?:id|number|code)["']?\s{0,3}:/;
const ENTITY = /^s?["']\s{0,3}:\s{0,3}[[{]/;
const ENTITY_REST = 16;

const ID_FIELD =
  /(?:^|_|\.)(?:id|ids|uid|uuid|guid|number|no|code|key|token|ref|reference|email|iban|account|sku|isbn|asin)$|(?:Id|ID|Ids|Number|Code|Key|Token|Ref)$/;

/** Codes of a database or of a vendor: letters and digits mixed, or long runs of digits, in a field that says so. */
function isIdentifier(value: string, leaf: Leaf): boolean {
  if (value.length < 4 || value.length > 80 || /[\s@]/.test(value)) return false;
  const name = namesOf(leaf.path).at(-1) ?? '';
  if (!/\d/.test(value)) return false;
  if (/^\d{4}-\d{2}-\d{2}|^\d{1,2}[:/.-]\d{1,2}|^https?:|^-?\d+[.,]\d+$|^[~./]/.test(value))
    return false;
  if (/^\d+$/.test(value)) return ID_FIELD.test(name) && value.length >= 5;
  return ID_FIELD.test(name) && /^[\w@.#:+-]+$/.test(value);
}

/** Arguments that a caller makes up by design. */
const isFree = (leaf: Leaf): boolean =>
  /idempot|correlation|request_?id|trace_?id|session|password|token|nonce|new_|country|currency|language|locale|zip|postal|phone|area_?code|status|error|model/i.test(
    fieldName(leaf.path),
  );

/** Examples, defaults and enumerations in the offered tools are known values. */
const isMentionedInTools = (run: Run, value: string): boolean =>
  run.tools.some(
    (tool) =>
      tool.description.includes(value) ||
      (tool.parameters !== null && JSON.stringify(tool.parameters).includes(value)),
  );
