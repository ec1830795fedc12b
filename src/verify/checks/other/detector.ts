import * as z from 'zod';
import { builtInDetectors, detectorSignals } from '../../../detect/ask.ts';
import type { Detector } from '../../../detect/define.ts';
import { statementText } from '../../../text/statement.ts';
import { type Check, defineCheck } from '../define.ts';
import { cannotTell, fail, pass } from '../outcome.ts';

const params = z.strictObject({
  cause: z
    .array(z.string())
    .min(1)
    .optional()
    .describe('only findings whose cause begins with these parts, as the analysis has them'),
  tool: z.string().optional().describe('only findings that name this tool'),
  field: z.string().optional().describe('only findings that name this field'),
});

/** The detector as a check: it passes where the detector looked and found nothing. */
const checkOf = (detector: Detector): Check =>
  defineCheck({
    id: detector.id,
    passes: `The detector finds none of this: ${detector.finds}.`,
    params,
    measure: null,
    source: 'docs/detectors.md',
    example: EXAMPLES[detector.id] ?? {},
    ask: ({ run, file }, { cause = [], tool, field }) => {
      const signals = detectorSignals(detector, run, file);
      const found = signals.filter(
        (signal) =>
          signal.verdict === 'yes' &&
          cause.every((part, index) => signal.cause[index] === part) &&
          names(signal.statement.slots, 'tool', tool) &&
          names(signal.statement.slots, 'field', field),
      );
      const [first] = found;
      if (first !== undefined)
        return fail(
          statementText(first.statement),
          found.flatMap(({ evidence }) => evidence),
        );
      const unknown = signals.find(({ verdict }) => verdict === 'unknown');
      return unknown === undefined
        ? pass(`${detector.id} finds nothing of the kind`)
        : cannotTell(statementText(unknown.statement) || `${detector.id} cannot tell`);
    },
  });

const EXAMPLES: Readonly<Record<string, z.input<typeof params>>> = {
  tool_argument_mismatch: { cause: ['other field', 'refund_order.order_id'] },
  agent_loop: { cause: ['same call'], tool: 'track_parcel' },
};

type Slots = readonly { readonly kind: string; readonly value: string | readonly string[] }[];

const names = (slots: Slots, kind: string, wanted: string | undefined): boolean =>
  wanted === undefined || slots.some((slot) => slot.kind === kind && slot.value === wanted);

/** Every built-in detector as a check of the same name. */
export const detectorChecks: readonly Check[] = builtInDetectors().map(checkOf);
