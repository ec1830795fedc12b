import type { Trace } from '../../../contract/trace.ts';
import { pointer, quote } from '../../evidence.ts';
import { type CallSite, callsOf, isPutRight } from '../../run/calls.ts';
import { type Leaf, leavesOf, namesOf } from '../../run/leaves.ts';
import { complaint } from '../../run/tool-complaint.ts';
import { entityOf, entityWords, isSameEntity } from './entity.ts';
import type { Mismatch } from './mismatch.ts';
import { type Source, sourcesOf } from './provenance.ts';

/**
 * Identifiers among a call's arguments that came from a field of another kind (`account.id` in
 * `order_id`) or from nowhere. A field of another kind counts only with corroboration: the tool
 * complained, or a value of the right kind was at hand.
 */
export function wrongOrigins(trace: Trace, site: CallSite): readonly Mismatch[] {
  if (typeof site.call.arguments !== 'object') return [];
  const calls = callsOf(trace);
  if (site.result?.isError === true && isPutRight(calls, site)) return [];
  if (calls.length > MOST_CALLS && site.at > (calls[MOST_CALLS]?.at ?? 0)) return [];
  const traced: Traced[] = [];
  for (const leaf of leavesOf(site.call.arguments)) {
    if (typeof leaf.value === 'boolean' || leaf.value === null) continue;
    const value = String(leaf.value);
    if (!isIdentifier(value, leaf)) continue;
    const sources = sourcesOf(trace, value, site);
    traced.push({ leaf, value, sources, wanted: wantedEntity(site, leaf) });
  }
  const swapped = swappedPair(traced);
  if (swapped !== null) return [swap(trace, site, ...swapped)];
  return traced.flatMap((argument) => wrongOrigin(trace, site, argument) ?? []);
}

/** Later calls of a very long run are not traced back: each looks through all that came before. */
const MOST_CALLS = 200;

/** An identifier among the arguments, and everywhere it stood before. */
interface Traced {
  readonly leaf: Leaf;
  readonly value: string;
  readonly sources: readonly Source[];
  readonly wanted: readonly string[];
}

function wrongOrigin(trace: Trace, site: CallSite, argument: Traced): Mismatch | null {
  const { leaf, value, sources, wanted } = argument;
  if (sources.length === 0) return invented(trace, site, leaf, value);
  if (wanted.length === 0 || sources.some((source) => isSameEntity(source.entity, wanted))) {
    return null;
  }
  const origin = sources.find((source) => source.field !== null) ?? sources[0];
  if (origin === undefined) return null;
  const complained = site.result?.isError === true;
  const atHand = hasEntity(trace, site, wanted);
  if (!complained && !atHand) return null;
  return fromOtherField(trace, site, leaf, value, origin, complained && atHand ? 0.97 : 0.85);
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

function swap(trace: Trace, site: CallSite, left: Traced, right: Traced): Mismatch {
  const [first, second] = [left, right].map(({ leaf }) => namesOf(leaf.path).join('.'));
  return {
    kind: 'swapped',
    detail: [`${site.call.name}.${first}`, second ?? ''],
    summary: `\`${site.call.name}\` called with \`${first}\` and \`${second}\` swapped`,
    confidence: 0.95,
    evidence: [
      quoteLeaf(trace, site, left.leaf, left.value),
      quoteLeaf(trace, site, right.leaf, right.value),
      ...[left, right].map(({ sources, value }) =>
        sources[0] === undefined ? null : quote(trace, sources[0].path, value, sources[0].spanId),
      ),
      complaint(trace, site),
    ],
  };
}

function fromOtherField(
  trace: Trace,
  site: CallSite,
  leaf: Leaf,
  value: string,
  origin: Source,
  confidence: number,
): Mismatch {
  const field = namesOf(leaf.path).join('.');
  const from = origin.field ?? origin.entity.join(' ');
  return {
    kind: 'other field',
    detail: [`${site.call.name}.${field}`, `from ${from}`],
    summary: `\`${site.call.name}\` called with \`${from}\`'s value in \`${field}\``,
    confidence,
    evidence: [
      quoteLeaf(trace, site, leaf, value),
      quote(trace, origin.path, value, origin.spanId),
      complaint(trace, site),
    ],
  };
}

/** A value that works is not invented, wherever it came from: a session knows more than a trace. */
function invented(trace: Trace, site: CallSite, leaf: Leaf, value: string): Mismatch | null {
  if (isFree(leaf) || mentionedInTools(trace, value)) return null;
  const field = namesOf(leaf.path).join('.');
  const complained = site.result?.isError === true;
  if (site.result !== null && !complained) return null;
  return {
    kind: 'invented value',
    detail: [`${site.call.name}.${field}`],
    summary: `\`${site.call.name}\` called with a \`${field}\` that appears nowhere before`,
    confidence: complained ? 0.9 : 0.7,
    evidence: [quoteLeaf(trace, site, leaf, value), complaint(trace, site)],
  };
}

const quoteLeaf = (trace: Trace, site: CallSite, leaf: Leaf, value: string) =>
  quote(trace, `${site.path}/arguments${pointer(...leaf.path)}`, value, site.spanId);

/** What kind of thing the argument asks for; a bare `id` means what the tool is about. */
function wantedEntity(site: CallSite, leaf: Leaf): readonly string[] {
  const own = entityOf(namesOf(leaf.path));
  return own.length > 0 ? own : entityWords(site.call.name);
}

/** Whether a field of the wanted kind was shown before the call. */
function hasEntity(trace: Trace, site: CallSite, wanted: readonly string[]): boolean {
  const [word] = wanted;
  if (word === undefined) return false;
  const key = new RegExp(
    `["']?${word}s?_?(?:id|number|code|Id)["']?\\s{0,3}:|["']${word}s?["']\\s{0,3}:\\s{0,3}[[{]`,
    'i',
  );
  return trace.messages.some(
    (message, at) => at < site.at && message.role === 'tool' && key.test(message.content),
  );
}

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
    namesOf(leaf.path).join('.'),
  );

/** Examples, defaults and enumerations in the offered tools are known values. */
const mentionedInTools = (trace: Trace, value: string): boolean =>
  trace.tools.some(
    (tool) =>
      tool.description.includes(value) ||
      (tool.parameters !== null && JSON.stringify(tool.parameters).includes(value)),
  );
