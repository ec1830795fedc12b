import { statement, tool } from '../../../text/statement.ts';
import { textAt } from '../../../trace/text-at.ts';
import { defineDetector, inconclusive } from '../../define.ts';
import { pointer } from '../../evidence.ts';
import type { Finding } from '../../finding.ts';
import { argumentQuote } from '../../run/argument-quote.ts';
import type { CallSite } from '../../run/calls.ts';
import { fieldName } from '../../run/leaves.ts';
import type { Request } from '../../run/request.ts';
import type { Run } from '../../run/run.ts';
import { isByPosition, isWrapped } from '../../run/schema/argument-shape.ts';
import { describeViolation, violationEvidence } from '../../run/schema/describe-violation.ts';
import type { Violation } from '../../run/schema/violation.ts';
import { complaint } from '../../run/tool-complaint.ts';
import { alteredNumbers } from './altered.ts';
import { againstDescription } from './described.ts';
import { reversedDirections } from './direction.ts';
import { missingCoordinateSigns } from './missing-coordinate-sign.ts';
import { omittedArguments } from './omitted.ts';
import { wrongOrigins } from './origin.ts';
import { Provenance } from './provenance.ts';
import { refusedValues } from './refused-values.ts';
import { swappedPairs } from './swapped-pairs.ts';
import { wrongUnits } from './units.ts';
import { wrongDates } from './wrong-dates.ts';

const NO_CALLS = inconclusive('no tool calls recorded');

/** A tool was called with arguments that are not what it asks for, or not what the conversation holds. */
export const toolArgumentMismatch = defineDetector({
  id: 'tool_argument_mismatch',
  tier: 'proven',
  finds:
    'an argument that does not fit the schema, was taken from a field of another name or kind, differs from the request (another number, date, unit or form; a flag or value left out), or appears nowhere before the call',
  category: {
    name: 'Tool argument mismatch',
    definition: 'Every tool argument fits the schema and takes its value from the field it names.',
    severity: 5,
    layer: 'tool',
    fixCost: 1,
    example: '`refund_order` got the account id as `order_id`.',
  },
  detect(run) {
    const { calls } = run;
    if (calls.length === 0) return NO_CALLS;
    const { request } = run;
    const provenance = new Provenance(run);
    return [
      ...calls.flatMap((site) => mismatches(run, site, provenance)),
      ...(request === null ? [] : mismatchesWith(run, request)),
    ];
  },
});

function mismatches(run: Run, site: CallSite, provenance: Provenance): readonly (Finding | null)[] {
  const origins = wrongOrigins(run, site, provenance);
  return [
    ...schemaMismatches(run, site),
    ...(origins.length > 0 ? origins : refusedValues(run, site)),
    ...againstDescription(run, site),
  ];
}

const mismatchesWith = (run: Run, request: Request): readonly (Finding | null)[] => [
  ...omittedArguments(run, request),
  ...alteredNumbers(run, request),
  ...wrongUnits(run, request),
  ...reversedDirections(run, request),
  ...missingCoordinateSigns(run, request),
  ...wrongDates(run, request),
  ...swappedPairs(run, request),
];

/** All arguments in one without a name are a matter of the form of the call. */
function schemaMismatches(run: Run, site: CallSite): readonly (Finding | null)[] {
  if (isWrapped(site)) return isByPosition(site) ? [] : [wrapped(run, site)];
  return site.violations
    .filter((violation) => !isAsRequested(run, site, violation))
    .map((violation) =>
      run.finding({
        cause: [violation.kind, `${site.call.name}.${fieldName(violation.path)}`],
        statement: describeViolation(site, violation),
        confidence: 0.9,
        spanId: site.spanId,
        evidence: [violationEvidence(run, site, violation), complaint(run, site)],
      }),
    );
}

/** A fraction that the request gives, where the schema is too narrow for it: it breaks the schema, not the request. */
function isAsRequested(run: Run, site: CallSite, { kind, path }: Violation): boolean {
  if (kind !== 'wrong type') return false;
  const text = textAt(run.trace, `${site.path}/arguments${pointer(...path)}`) ?? '';
  return /^-?\d{1,15}\.\d{1,15}$/.test(text) && run.input.includes(text);
}

const wrapped = (run: Run, site: CallSite): Finding | null =>
  run.finding({
    cause: ['wrapped', site.call.name],
    statement: statement`${tool(site.call.name)} was called with its arguments inside an argument that its schema does not define`,
    confidence: 0.85,
    spanId: site.spanId,
    evidence: [argumentQuote(run, site), complaint(run, site)],
  });
