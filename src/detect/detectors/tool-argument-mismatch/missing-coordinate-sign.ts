import { field, statement, tool } from '../../../text/statement.ts';
import type { Finding } from '../../finding.ts';
import { argumentQuote } from '../../run/argument-quote.ts';
import { fieldName, namesOf } from '../../run/leaves.ts';
import type { Request } from '../../run/request.ts';
import type { Run } from '../../run/run.ts';

/** Western or southern coordinates without their minus sign: "119.5 W" passed as a longitude of 119.5. */
export function missingCoordinateSigns(run: Run, request: Request): readonly (Finding | null)[] {
  const given = [...request.text.slice(0, 20_000).matchAll(WEST_OR_SOUTH)];
  if (given.length === 0) return [];
  return request.calls.flatMap((site) =>
    site.leaves.flatMap(({ path, value }) => {
      const name = namesOf(path).at(-1) ?? '';
      const axis = /lat/i.test(name) ? 's' : /lon|lng/i.test(name) ? 'w' : null;
      const meant = given.find(
        ([, number, side]) => side?.[0]?.toLowerCase() === axis && Number(number) === Number(value),
      );
      if (axis === null || meant === undefined) return [];
      return [
        run.finding({
          cause: ['lost sign', `${site.call.name}.${fieldName(path)}`],
          statement: statement`${tool(site.call.name)} was called with a value for ${field(fieldName(path))} in the wrong hemisphere: its minus sign is missing`,
          confidence: 0.85,
          spanId: site.spanId,
          evidence: [
            argumentQuote(run, site, path),
            run.quote(request.path, meant[0], request.spanId),
          ],
        }),
      ];
    }),
  );
}

const WEST_OR_SOUTH =
  /(?<![\d.-])(\d{1,3}(?:\.\d{1,10})?)\s?(?:°|degrees)?\s?([WS]|[Ww]est|[Ss]outh)\b/g;
