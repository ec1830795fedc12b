import type { Detector } from './detector.ts';
import { agentLoop } from './detectors/agent-loop.ts';
import { missingToolCall } from './detectors/missing-tool-call.ts';
import { schemaViolation } from './detectors/schema-violation.ts';
import { toolArgumentMismatch } from './detectors/tool-argument-mismatch.ts';
import { toolCallCount } from './detectors/tool-call-count.ts';
import { toolWrongTool } from './detectors/tool-wrong-tool.ts';
import { truncation } from './detectors/truncation.ts';

/** Every detector, in the order in which their signals are listed. Add a new one here. */
export const detectors: readonly Detector[] = [
  toolArgumentMismatch,
  toolWrongTool,
  missingToolCall,
  toolCallCount,
  schemaViolation,
  agentLoop,
  truncation,
];
