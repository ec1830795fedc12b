import type { SuiteCase } from '../../contract/suite.ts';
import type { Trace } from '../../contract/trace.ts';
import type { CheckServices } from '../checks/define.ts';
import { optionsOf } from '../checks/subject.ts';
import { type Proof, type ProofParts, prove } from '../promote/prove.ts';
import type { ReadSuite } from './read-suites.ts';

/** What the checks of a suite are asked with: the facts and options of the analysis that it comes from. */
export function proofParts(
  { payload: { source } }: Pick<ReadSuite, 'payload'>,
  services: CheckServices,
): ProofParts {
  const { facts, scores, stepBudget, policy } = source;
  return { file: facts, options: optionsOf(scores, stepBudget, policy), services };
}

/** The proof of every case that is not retired: red or green on its recorded output, or why it is broken. */
export async function proveSuite(
  read: ReadSuite,
  services: CheckServices,
): Promise<ReadonlyMap<SuiteCase, Proof>> {
  const parts = proofParts(read, services);
  const proofs = new Map<SuiteCase, Proof>();
  for (const each of read.suite.cases) {
    if (each.retired !== undefined) continue;
    const { recorded } = read.payload.cases.get(each.hash)!;
    if (each.proof === 'unproven' && hasNoAnswer(recorded)) {
      proofs.set(each, { proof: 'unproven', broken: null });
      continue;
    }
    proofs.set(
      each,
      await prove(recorded, each.role, read.checksOf(each.id), parts, each.reference ?? null),
    );
  }
  return proofs;
}

/** Nothing was answered yet: an imported case that did not run. */
const hasNoAnswer = ({ output, gaps }: Trace): boolean =>
  output === '' && gaps.some(({ kind }) => kind === 'no_output');
