import type { Detector } from './define.ts';
import { agentLoop } from './detectors/agent-loop/agent-loop.ts';
import { emptyOutput } from './detectors/empty-output/empty-output.ts';
import { errorStatus } from './detectors/error-status/error-status.ts';
import { groundednessMiss } from './detectors/groundedness-miss/groundedness-miss.ts';
import { hallucinatedEntity } from './detectors/hallucinated-entity/hallucinated-entity.ts';
import { infrastructureError } from './detectors/infrastructure-error/infrastructure-error.ts';
import { missingToolCall } from './detectors/missing-tool-call/missing-tool-call.ts';
import { negativeFeedback } from './detectors/negative-feedback/negative-feedback.ts';
import { outlier } from './detectors/outlier/outlier.ts';
import { refusalOverTrigger } from './detectors/refusal-over-trigger/refusal-over-trigger.ts';
import { refusalUnderTrigger } from './detectors/refusal-under-trigger/refusal-under-trigger.ts';
import { retrievalMiss } from './detectors/retrieval-miss/retrieval-miss.ts';
import { schemaViolation } from './detectors/schema-violation/schema-violation.ts';
import { score } from './detectors/score/score.ts';
import { toolArgumentMismatch } from './detectors/tool-argument-mismatch/tool-argument-mismatch.ts';
import { toolCallCount } from './detectors/tool-call-count/tool-call-count.ts';
import { toolWrongTool } from './detectors/tool-wrong-tool/tool-wrong-tool.ts';
import { truncation } from './detectors/truncation/truncation.ts';
import { unfinishedTask } from './detectors/unfinished-task/unfinished-task.ts';
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
  groundednessMiss,
  hallucinatedEntity,
  infrastructureError,
  toolCallCount,
  truncation,
  unfinishedTask,
  emptyOutput,
  userFrustration,
  outlier,
  errorStatus,
  negativeFeedback,
  score,
];
