import type { Json, JsonObject } from '../../contract/json.ts';
import type { Trace } from '../../contract/trace.ts';
import { quote, textAt } from '../evidence.ts';
import type { CallSite } from './calls.ts';
import { words } from './entity.ts';
import { leavesOf } from './leaves.ts';
import type { Mismatch } from './mismatch.ts';
import { isSameNumber, numbersIn } from './numbers.ts';
import type { Request } from './request.ts';

/** Optional arguments that the request gives a value for and the call leaves out. */
export function omittedArguments(trace: Trace, request: Request): readonly Mismatch[] {
  const found: Mismatch[] = [];
  const unused = unusedNumbers(request);
  const said = new Set(words(request.text).map((word) => word));
  for (const site of request.calls) {
    const properties = site.tool?.parameters?.['properties'];
    if (!isObject(properties) || !isObject(site.call.arguments)) continue;
    for (const [name, property] of Object.entries(properties)) {
      if (!isObject(property) || Object.hasOwn(site.call.arguments, name)) continue;
      const reason = whyOmitted(name, property, request, said, unused, site);
      if (reason === null) continue;
      const path = `${site.path}/arguments`;
      found.push({
        kind: `left out, ${reason.kind}`,
        detail: [`${site.call.name}.${name}`],
        summary: `\`${site.call.name}\` called without \`${name}\`, although the request gives it`,
        confidence: 0.6,
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
  said: ReadonlySet<string>,
  unused: ReturnType<typeof unusedNumbers>,
  site: CallSite,
): Reason | null {
  const description = typeof property['description'] === 'string' ? property['description'] : '';
  const about = new Set([...words(name), ...words(description)]);
  if (property['type'] === 'integer' || property['type'] === 'number') {
    const number = unused.find(({ after }) =>
      after.some((word) => about.has(words(word)[0] ?? '')),
    );
    if (number !== undefined)
      return { kind: 'number', quote: request.text.slice(number.at, number.at + 40) };
    return null;
  }
  const example = examplesIn(description, property).find(
    (text) =>
      new RegExp(`\\b${text.replace(/\W/g, '\\$&')}\\b`, 'i').test(request.text) &&
      !isUsed(text, site),
  );
  if (example !== undefined) {
    const at = request.text.toLowerCase().indexOf(example.toLowerCase());
    return { kind: 'listed value', quote: request.text.slice(at, at + example.length) };
  }
  const own = words(name).filter((word) => word.length > 3 && !VAGUE.has(word));
  const word = own.find((part) => said.has(part));
  if (word !== undefined && own.every((part) => said.has(part))) {
    const match = new RegExp(`\\b${word}`, 'i').exec(request.text);
    if (match !== null) return { kind: 'named', quote: match[0] };
  }
  return null;
}

const VAGUE = new Set(
  'type name value option param parameter location date time year city country'.split(' '),
);

const isUsed = (text: string, site: CallSite): boolean =>
  leavesOf(site.call.arguments).some((leaf) =>
    String(leaf.value).toLowerCase().includes(text.toLowerCase()),
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

/** Numbers of the request that no argument takes up, in whatever form. */
export function unusedNumbers(request: Request): ReturnType<typeof numbersIn> {
  const used = request.calls
    .flatMap((site) => leavesOf(site.call.arguments))
    .flatMap(({ value }) => {
      if (typeof value === 'number') return [value];
      if (typeof value !== 'string') return [];
      return (value.match(/\d+(?:\.\d+)?/g) ?? []).map(Number);
    });
  return numbersIn(request.text).filter((said) => !used.some((value) => isSameNumber(value, said)));
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
