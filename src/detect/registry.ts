import type { Detector } from './define.ts';
import { admittedDoubt } from './detectors/admitted-doubt/admitted-doubt.ts';
import { agentLoop } from './detectors/agent-loop/agent-loop.ts';
import { answerForm } from './detectors/answer-form/answer-form.ts';
import { emptyOutput } from './detectors/empty-output/empty-output.ts';
import { errorStatus } from './detectors/error-status/error-status.ts';
import { groundednessMiss } from './detectors/groundedness-miss/groundedness-miss.ts';
import { hallucinatedEntity } from './detectors/hallucinated-entity/hallucinated-entity.ts';
import { infrastructureError } from './detectors/infrastructure-error/infrastructure-error.ts';
import { inventedResult } from './detectors/invented-result/invented-result.ts';
import { missingToolCall } from './detectors/missing-tool-call/missing-tool-call.ts';
import { negativeFeedback } from './detectors/negative-feedback/negative-feedback.ts';
import { noFinalAnswer } from './detectors/no-final-answer/no-final-answer.ts';
import { nothingFound } from './detectors/nothing-found/nothing-found.ts';
import { outcome } from './detectors/outcome/outcome.ts';
import { outlier } from './detectors/outlier/outlier.ts';
import { refusalOverTrigger } from './detectors/refusal-over-trigger/refusal-over-trigger.ts';
import { refusalUnderTrigger } from './detectors/refusal-under-trigger/refusal-under-trigger.ts';
import { repeatedQuestion } from './detectors/repeated-question/repeated-question.ts';
import { retrievalMiss } from './detectors/retrieval-miss/retrieval-miss.ts';
import { rewordedAnswer } from './detectors/reworded-answer/reworded-answer.ts';
import { schemaViolation } from './detectors/schema-violation/schema-violation.ts';
import { score } from './detectors/score/score.ts';
import { toolArgumentMismatch } from './detectors/tool-argument-mismatch/tool-argument-mismatch.ts';
import { toolCallCount } from './detectors/tool-call-count/tool-call-count.ts';
import { toolWrongTool } from './detectors/tool-wrong-tool/tool-wrong-tool.ts';
import { truncation } from './detectors/truncation/truncation.ts';
import { unfinishedTask } from './detectors/unfinished-task/unfinished-task.ts';
import { unreadableReply } from './detectors/unreadable-reply/unreadable-reply.ts';
import { unrecoveredError } from './detectors/unrecovered-error/unrecovered-error.ts';
import { userFrustration } from './detectors/user-frustration/user-frustration.ts';

/** Every built-in detector, by tier, then by id. Made from the folders by `npm run generate`. */
export const detectors: readonly Detector[] = [
  agentLoop,
  missingToolCall,
  refusalOverTrigger,
  refusalUnderTrigger,
  retrievalMiss,
  schemaViolation,
  toolArgumentMismatch,
  toolWrongTool,
  answerForm,
  groundednessMiss,
  hallucinatedEntity,
  infrastructureError,
  inventedResult,
  noFinalAnswer,
  nothingFound,
  repeatedQuestion,
  rewordedAnswer,
  toolCallCount,
  truncation,
  unfinishedTask,
  unreadableReply,
  unrecoveredError,
  admittedDoubt,
  emptyOutput,
  userFrustration,
  outlier,
  errorStatus,
  negativeFeedback,
  outcome,
  score,
];
