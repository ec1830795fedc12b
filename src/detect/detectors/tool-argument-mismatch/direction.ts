import { field, statement, tool } from '../../../text/statement.ts';
import type { Finding } from '../../finding.ts';
import { argumentQuote } from '../../run/argument-quote.ts';
import type { CallSite } from '../../run/calls.ts';
import { type Leaf, namesOf } from '../../run/leaves.ts';
import type { Request } from '../../run/request.ts';
import type { Run } from '../../run/run.ts';

/** Start and end swapped: "from Ulm to Bonn", called with Bonn as the origin and Ulm as the destination. */
export function reversedDirections(run: Run, request: Request): readonly (Finding | null)[] {
  const journeys = [...request.text.matchAll(FROM_TO)].slice(0, 20);
  if (journeys.length === 0) return [];
  return request.calls.flatMap((site) => {
    const ends = endsOf(site);
    if (ends === null || ends.from.value === ends.to.value) return [];
    const along = journeys.some(
      ([, from, to]) =>
        startsWithPlace(from, ends.from.value) && startsWithPlace(to, ends.to.value),
    );
    const against = journeys.find(
      ([, from, to]) =>
        startsWithPlace(to, ends.from.value) && startsWithPlace(from, ends.to.value),
    );
    if (along || against === undefined) return [];
    return [
      run.finding({
        cause: ['swapped', `${site.call.name}.${ends.from.name}`, ends.to.name],
        statement: statement`${tool(site.call.name)} was called with ${field(ends.from.name)} and ${field(ends.to.name)} swapped`,
        confidence: 0.85,
        spanId: site.spanId,
        evidence: [
          argumentQuote(run, site, ends.from.path),
          argumentQuote(run, site, ends.to.path),
          run.quote(request.path, against[0], request.spanId),
        ],
      }),
    ];
  });
}

const FROM_TO = /\bfrom\s(\p{Lu}[^,.;?!\n]{1,40}?)\sto\s(\p{Lu}[^,.;?!\n]{1,40})/gu;
const START =
  /^(?:from|start|origin|source|departure|depart)(?:_|$)|^(?:from|start|origin|source|departure)[A-Z]/;
const END =
  /^(?:to|end|dest|destination|target|arrival|arrive)(?:_|$)|^(?:to|end|dest|destination|target|arrival)[A-Z]/;

interface End {
  readonly name: string;
  readonly value: string;
  readonly path: Leaf['path'];
}

/** The one argument that is a start and the one that is an end. */
function endsOf(site: CallSite): { from: End; to: End } | null {
  const ends = site.leaves.flatMap(({ path, value }): End[] =>
    typeof value === 'string' && value.length >= 2
      ? [{ name: namesOf(path).at(-1) ?? '', value, path }]
      : [],
  );
  const from = ends.filter(({ name }) => START.test(name));
  const to = ends.filter(({ name }) => END.test(name));
  const [start] = from;
  const [end] = to;
  if (start === undefined || end === undefined || from.length > 1 || to.length > 1) return null;
  return { from: start, to: end };
}

/** Whether a text begins with the place that an argument names, what follows a comma in it aside. */
const startsWithPlace = (text: string | undefined, place: string): boolean => {
  const head = place.split(',')[0]?.trim().toLowerCase() ?? '';
  return head.length > 1 && text?.toLowerCase().startsWith(head) === true;
};
