import type { Detector } from './detector.ts';
import { agentLoop } from './detectors/agent-loop.ts';
import { emptyOutput } from './detectors/empty-output.ts';
import { errorStatus } from './detectors/error-status.ts';
import { groundednessMiss } from './detectors/groundedness-miss.ts';
import { hallucinatedEntity } from './detectors/hallucinated-entity.ts';
import { infrastructureError } from './detectors/infrastructure-error.ts';
import { missingToolCall } from './detectors/missing-tool-call.ts';
import { negativeFeedback } from './detectors/negative-feedback.ts';
import { refusalOverTrigger } from './detectors/refusal-over-trigger.ts';
import { refusalUnderTrigger } from './detectors/refusal-under-trigger.ts';
import { retrievalMiss } from './detectors/retrieval-miss.ts';
import { schemaViolation } from './detectors/schema-violation.ts';
import { score } from './detectors/score.ts';
import { toolArgumentMismatch } from './detectors/tool-argument-mismatch.ts';
import { toolCallCount } from './detectors/tool-call-count.ts';
import { toolWrongTool } from './detectors/tool-wrong-tool.ts';
import { truncation } from './detectors/truncation.ts';
import { unfinishedTask } from './detectors/unfinished-task.ts';
import { userFrustration } from './detectors/user-frustration.ts';

/** Every detector, in the order in which their signals are listed. Add a new one here. */
export const detectors: readonly Detector[] = [
  toolArgumentMismatch,
  toolWrongTool,
  missingToolCall,
  toolCallCount,
  unfinishedTask,
  schemaViolation,
  agentLoop,
  truncation,
  refusalUnderTrigger,
  refusalOverTrigger,
  retrievalMiss,
  hallucinatedEntity,
  groundednessMiss,
  infrastructureError,
  emptyOutput,
  userFrustration,
  errorStatus,
  score,
  negativeFeedback,
];
