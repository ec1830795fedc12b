import type { Trace } from '../../../contract/trace.ts';
import { pointer, quote } from '../../evidence.ts';
import { leavesOf, namesOf } from '../../run/leaves.ts';
import type { Request } from '../../run/request.ts';
import type { Mismatch } from './mismatch.ts';

/** Coordinates in the west or the south that lost their sign: "119.5 W" handed over as a longitude of 119.5. */
export function lostSigns(trace: Trace, request: Request): readonly Mismatch[] {
  const said = [...request.text.slice(0, 20_000).matchAll(WEST_OR_SOUTH)];
  if (said.length === 0) return [];
  return request.calls.flatMap((site) =>
    leavesOf(site.call.arguments).flatMap(({ path, value }): Mismatch[] => {
      const name = namesOf(path).at(-1) ?? '';
      const axis = /lat/i.test(name) ? 's' : /lon|lng/i.test(name) ? 'w' : null;
      const meant = said.find(
        ([, number, side]) => side?.[0]?.toLowerCase() === axis && Number(number) === Number(value),
      );
      if (axis === null || meant === undefined) return [];
      const field = namesOf(path).join('.');
      return [
        {
          kind: 'lost sign',
          detail: [`${site.call.name}.${field}`],
          summary: `\`${site.call.name}\` called with \`${field}\` on the other half of the globe than the request says`,
          confidence: 0.85,
          evidence: [
            quote(
              trace,
              `${site.path}/arguments${pointer(...path)}`,
              typeof value === 'string' ? value : JSON.stringify(value),
              site.spanId,
            ),
            quote(trace, request.path, meant[0], request.spanId),
          ],
        },
      ];
    }),
  );
}

const WEST_OR_SOUTH =
  /(?<![\d.-])(\d{1,3}(?:\.\d{1,10})?)\s?(?:°|degrees)?\s?([WS]|[Ww]est|[Ss]outh)\b/g;
