import type { CheckRecord } from '../../contract/check-use.ts';
import type { FileFacts } from '../../contract/file-facts.ts';
import type { CaseRole, SuiteCase } from '../../contract/suite.ts';
import type { Trace } from '../../contract/trace.ts';
import type { CheckServices } from '../checks/define.ts';
import { type DetectOptions, subjectOf } from '../checks/subject.ts';
import { askChecks, type PreparedCheck, verdictOf } from '../checks/use-check.ts';

/** What a recorded output is judged with. */
export interface ProofParts {
  readonly file: FileFacts;
  readonly options: DetectOptions;
  readonly services: CheckServices;
}

/** How a case is proven, or why it is broken. */
export type Proof =
  | { readonly proof: SuiteCase['proof']; readonly broken: null }
  | { readonly proof: null; readonly broken: string };

/**
 * Asks the checks about a recorded output: that of a guard or a slice case has to fail (red), that of a control to
 * pass (green). Where only provisional checks could tell, or a model that is not there, the case stays unproven.
 */
export async function prove(
  trace: Trace,
  role: CaseRole,
  checks: readonly PreparedCheck[],
  { file, options, services }: ProofParts,
  reference: string | null = null,
): Promise<Proof> {
  if (checks.every(({ use }) => use.provisional === true))
    return { proof: 'unproven', broken: null };
  const subject = subjectOf(trace, { file, options, reference, recorded: trace, services });
  const records = await askChecks(checks, subject);
  const verdict = verdictOf(records);
  const wanted = role === 'control' ? 'pass' : 'fail';
  if (verdict === wanted) return { proof: role === 'control' ? 'green' : 'red', broken: null };
  if (verdict === 'cannot_tell' && waitsForJudge(records))
    return { proof: 'unproven', broken: null };
  const deciding = records.find(
    (record) => record.verdict === verdict && record.provisional !== true,
  );
  const why = deciding === undefined ? '' : ` (${deciding.check}: ${deciding.reason})`;
  return { proof: null, broken: `its recorded output ${SAID[verdict]}${why}` };
}

/** Whether only a model could tell, and none was there to ask or answered. */
const waitsForJudge = (records: readonly CheckRecord[]): boolean =>
  records.every(
    ({ check, verdict, provisional }) =>
      provisional === true || verdict !== 'cannot_tell' || check === 'judge',
  );

const SAID = {
  pass: 'passes the checks',
  fail: 'fails the checks',
  cannot_tell: 'cannot be judged',
} as const;
