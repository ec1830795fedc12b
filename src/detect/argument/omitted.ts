import type { Json, JsonObject } from '../../contract/json.ts';
import type { Trace } from '../../contract/trace.ts';
import { quote, textAt } from '../evidence.ts';
import { argumentViolations } from '../schema/arguments.ts';
import type { CallSite } from './calls.ts';
import { words } from './entity.ts';
import { stemsOf } from './fit.ts';
import { leavesOf } from './leaves.ts';
import type { Mismatch } from './mismatch.ts';
import type { Request } from './request.ts';

/** Optional arguments that the request gives a value for and the call leaves out. */
export function omittedArguments(trace: Trace, request: Request): readonly Mismatch[] {
  const found: Mismatch[] = [];
  const said = new Set(words(request.text));
  for (const site of request.calls) {
    const properties = site.tool?.parameters?.['properties'];
    if (!isObject(properties) || !isObject(site.call.arguments)) continue;
    if (argumentViolations(site).some((violation) => violation.kind === 'missing')) continue;
    for (const [name, property] of Object.entries(properties)) {
      if (!isObject(property) || Object.hasOwn(site.call.arguments, name)) continue;
      const reason = whyOmitted(name, property, request, said, site);
      if (reason === null) continue;
      const path = `${site.path}/arguments`;
      found.push({
        kind: `left out, ${reason.kind}`,
        detail: [`${site.call.name}.${name}`],
        summary: `\`${site.call.name}\` called without \`${name}\`, although the request gives it`,
        confidence: reason.kind === 'named' ? 0.5 : 0.7,
        evidence: [
          quote(trace, path, textAt(trace, path) ?? '', site.spanId),
          quote(trace, request.path, reason.quote, request.spanId),
        ],
      });
    }
  }
  return found;
}

interface Reason {
  readonly kind: string;
  readonly quote: string;
}

function whyOmitted(
  name: string,
  property: JsonObject,
  request: Request,
  stems: ReadonlySet<string>,
  site: CallSite,
): Reason | null {
  const description = typeof property['description'] === 'string' ? property['description'] : '';
  const about = stemsOf(`${name} ${description}`);
  if (property['type'] === 'integer' || property['type'] === 'number') {
    const number = request.unused.find(({ after }) =>
      after.some((word) => [...stemsOf(word)].some((stem) => about.has(stem))),
    );
    if (number === undefined) return null;
    return { kind: 'number', quote: request.text.slice(number.at, number.at + 40) };
  }
  for (const example of examplesIn(description, property)) {
    const said = findWords(request.text, example);
    if (said !== null && !isUsed(example, request.calls))
      return { kind: 'listed value', quote: said };
  }
  return named(name, request, stems, site);
}

/** All words of the argument's name stand in the request, no other call of the tool gives it, and the tool gave no result without it. */
function named(
  name: string,
  request: Request,
  said: ReadonlySet<string>,
  site: CallSite,
): Reason | null {
  const own = words(name).filter((word) => word.length > 3 && !VAGUE.has(word));
  const [first] = own;
  if (first === undefined || !own.every((word) => said.has(word))) return null;
  if (site.result !== null && !site.result.isError) return null;
  if (/type$/i.test(name) && !said.has('type')) return null;
  if (
    request.calls.some(
      (other) => other !== site && other.tool === site.tool && hasArgument(other, name),
    )
  )
    return null;
  const quote = findWords(request.text, first);
  return quote === null ? null : { kind: 'named', quote };
}

const hasArgument = ({ call }: CallSite, name: string): boolean =>
  isObject(call.arguments) && Object.hasOwn(call.arguments, name);

/** The words as they stand in the text, in whatever case; null when absent or said not to be wanted. */
function findWords(text: string, wanted: string): string | null {
  const match = new RegExp(
    `(\\b(?:no|not|without|any|excluding)\\s(?:\\w{1,20}\\s){0,2})?(\\b${wanted.replace(/\W/g, '\\$&')})`,
    'i',
  ).exec(text);
  return match === null || match[1] !== undefined ? null : (match[2] ?? null);
}

const VAGUE = new Set(
  'type name value option param parameter location date time year city country'.split(' '),
);

const isUsed = (text: string, calls: readonly CallSite[]): boolean =>
  calls.some((site) =>
    leavesOf(site.call.arguments).some((leaf) =>
      String(leaf.value).toLowerCase().includes(text.toLowerCase()),
    ),
  );

/** Values that a description or an enumeration names, the default left out. */
function examplesIn(description: string, property: JsonObject): readonly string[] {
  const fallback = /default[^.]{0,40}/i.exec(description)?.[0] ?? '';
  const quoted = [...description.matchAll(/["'`]([\w .-]{3,30})["'`]/g)].map(
    (match) => match[1] ?? '',
  );
  const listed = Array.isArray(property['enum']) ? property['enum'].map(String) : [];
  return [...quoted, ...listed].filter((text) => text.length >= 3 && !fallback.includes(text));
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
