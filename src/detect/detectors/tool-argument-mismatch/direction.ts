import type { Trace } from '../../../contract/trace.ts';
import { pointer, quote } from '../../evidence.ts';
import type { CallSite } from '../../run/calls.ts';
import { leavesOf, namesOf } from '../../run/leaves.ts';
import type { Request } from '../../run/request.ts';
import type { Mismatch } from './mismatch.ts';

/** Start and end that changed places: "from Ulm to Bonn", called with Bonn as the origin and Ulm as the destination. */
export function reversed(trace: Trace, request: Request): readonly Mismatch[] {
  const journeys = [...request.text.matchAll(FROM_TO)].slice(0, 20);
  if (journeys.length === 0) return [];
  return request.calls.flatMap((site) => {
    const ends = endsOf(site);
    if (ends === null || ends.from.value === ends.to.value) return [];
    const along = journeys.some(
      ([, from, to]) => fits(ends.from.value, from) && fits(ends.to.value, to),
    );
    const against = journeys.find(
      ([, from, to]) => fits(ends.from.value, to) && fits(ends.to.value, from),
    );
    if (along || against === undefined) return [];
    return [
      {
        kind: 'swapped',
        detail: [`${site.call.name}.${ends.from.name}`, ends.to.name],
        summary: `\`${site.call.name}\` called with \`${ends.from.name}\` and \`${ends.to.name}\` swapped`,
        confidence: 0.85,
        evidence: [
          quote(trace, ends.from.path, ends.from.value, site.spanId),
          quote(trace, ends.to.path, ends.to.value, site.spanId),
          quote(trace, request.path, against[0], request.spanId),
        ],
      },
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
  readonly path: string;
}

/** The one argument that is a start and the one that is an end. */
function endsOf(site: CallSite): { from: End; to: End } | null {
  const ends = leavesOf(site.call.arguments).flatMap((leaf): End[] => {
    const name = namesOf(leaf.path).at(-1) ?? '';
    if (typeof leaf.value !== 'string' || leaf.value.length < 2) return [];
    return [{ name, value: leaf.value, path: `${site.path}/arguments${pointer(...leaf.path)}` }];
  });
  const from = ends.filter(({ name }) => START.test(name));
  const to = ends.filter(({ name }) => END.test(name));
  const [start] = from;
  const [end] = to;
  if (start === undefined || end === undefined || from.length > 1 || to.length > 1) return null;
  return { from: start, to: end };
}

const fits = (value: string, said: string | undefined): boolean => {
  if (said === undefined) return false;
  const head = value.split(',')[0]?.trim().toLowerCase() ?? '';
  return head.length > 1 && said.toLowerCase().startsWith(head);
};
