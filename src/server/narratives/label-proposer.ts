import { createHash } from 'node:crypto';
import type { LabelBudget, LabelEndpoint } from '../../contract/label-model.ts';
import type { ProposalPrompt, Proposed, Proposer } from '../../contract/proposer.ts';
import type { NarrativeStore } from '../../store/workspace/workspace.ts';

export interface LabelProposerDeps {
  readonly endpoint: LabelEndpoint;
  readonly budget: LabelBudget;
  readonly calls: Pick<NarrativeStore, 'reserve' | 'settle'>;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

/**
 * The label model for a project, within the budget of all replicas: each call is set aside in the workspace before it is
 * made, and the same content is never paid for twice.
 * @param asksAgain whether what may have been charged without an answer is asked again.
 */
export const labelProposer = (
  project: string,
  asksAgain: boolean,
  { endpoint, budget, calls, clock }: LabelProposerDeps,
): Proposer => ({
  id: endpoint.id,
  async ask(prompt, signal) {
    const reserved = await calls.reserve(
      { project, key: keyOf(endpoint.id, prompt), worst: endpoint.worst(prompt), asksAgain },
      budget,
      clock(),
    );
    switch (reserved.kind) {
      case 'over':
        return { kind: 'none', code: 'budget', why: reserved.why };
      case 'unclear':
        return { kind: 'none', code: 'unclear', why: STOPPED };
      case 'kept':
        return answerOf(reserved.answer);
      case 'taken': {
        const end = await endpoint.ask(prompt, signal);
        if (end.kind === 'answered') {
          const { answer, dollars } = end;
          await calls.settle(reserved.id, { state: 'answered', answer, dollars });
          return answerOf(answer);
        }
        await calls.settle(reserved.id, { state: end.isFree ? 'refused' : 'unclear' });
        return end.isFree
          ? { kind: 'none', code: 'failed', why: end.reason }
          : { kind: 'none', code: 'unclear', why: `no answer came (${end.reason})` };
      }
      default: {
        const never: never = reserved;
        return never;
      }
    }
  },
});

const STOPPED = 'the server stopped while it was asked, and the call may have been charged';

const answerOf = (answer: (Proposed & { kind: 'answered' })['answer'] | null): Proposed =>
  answer === null
    ? { kind: 'none', code: 'unusable', why: 'its answer is not in the form that was asked for' }
    : { kind: 'answered', answer };

const keyOf = (id: string, { version, system, user, schema, maxTokens }: ProposalPrompt): string =>
  createHash('sha256')
    .update(JSON.stringify([id, version, system, user, schema, maxTokens]))
    .digest('hex');
