import type {
  EvalReport,
  ReportedAttempts,
  ReportedCase,
  ReportedCause,
} from '../../../contract/eval-report.ts';
import { unpacked } from '../../../text/packed.ts';

/** One case with its cause. */
export interface ShownCase {
  /** Position among all cases, by which its attempts are found. */
  readonly index: number;
  readonly cause: ReportedCause;
  readonly own: ReportedCase;
}

export interface RunModel {
  readonly data: EvalReport;
  /** Those that need a look come first; else in the order of the suites. */
  readonly cases: readonly ShownCase[];
  readonly caseAt: (cause: string, id: string) => ShownCase | null;
  /** Unpacks them; null where they cannot be read. */
  readonly attemptsOf: (shown: ShownCase) => ReportedAttempts | null;
}

export function createRunModel(data: EvalReport): RunModel {
  const inOrder = data.causes
    .flatMap((cause) => cause.cases.map((own) => ({ cause, own })))
    .map((each, index): ShownCase => ({ ...each, index }));
  const byKey = new Map(inOrder.map((each) => [`${each.cause.id}/${each.own.id}`, each]));
  const packs = new Map<number, readonly ReportedAttempts[]>();
  const pack = (number: number): readonly ReportedAttempts[] => {
    const known = packs.get(number);
    if (known !== undefined) return known;
    const read = readPack(data.packs[number]);
    packs.set(number, read);
    return read;
  };
  return {
    data,
    cases: inOrder.toSorted((a, b) => urgency(a.own) - urgency(b.own) || a.index - b.index),
    caseAt: (cause, id) => byKey.get(`${cause}/${id}`) ?? null,
    attemptsOf: ({ index }) =>
      pack(Math.floor(index / data.packSize))[index % data.packSize] ?? null,
  };
}

function readPack(text: string | undefined): readonly ReportedAttempts[] {
  try {
    return text === undefined ? [] : (unpacked(text) as readonly ReportedAttempts[]);
  } catch {
    return [];
  }
}

/** Whether a case asks for a look. */
export const needsLook = (own: ReportedCase): boolean => urgency(own) < CHANGED;

const CHANGED = 7;

/** Regressions, then guards and controls that fail, then what is no result, then the slice, then what passes. */
function urgency({ verdict, role, isRegression, isQuarantined, baseline }: ReportedCase): number {
  if (isRegression) return 0;
  if (isQuarantined) return 6;
  switch (verdict) {
    case 'fail':
      return role === 'slice' ? 5 : 1;
    case 'error':
    case 'broken':
    case 'missing':
      return 2;
    case 'flaky':
      return role === 'slice' ? 5 : 3;
    case 'inconclusive':
      return 4;
    case 'pass':
      return baseline !== null && baseline.verdict !== 'pass' ? CHANGED : CHANGED + 1;
  }
}
