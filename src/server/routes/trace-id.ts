import { traceIdOf } from '../../collect/receive.ts';
import { z } from '../packages.ts';

/** What ids of traces look like, for who sends another. */
export const TRACE_IDS =
  '32 hex digits (OpenTelemetry), a UUID (LangSmith), or the text that its sender or file gave it (Langfuse, tables)';

/** The id of a trace as somebody writes it. Senders choose it, so any text may be one. */
export const traceIdInput = z
  .string()
  .min(1)
  .max(500)
  .refine((id) => id.trim() === id && !CONTROL.test(id) && traceIdOf(id) !== '', {
    message: `must be the id of a trace: ${TRACE_IDS}; without control characters and spaces around it, and not all zeros`,
  })
  .describe(`id of a trace: ${TRACE_IDS}, in any spelling`);

const CONTROL = /\p{Cc}/u;

/** The ids under which it may be stored: as it was written (rows of files), and in the one spelling that spans have. */
export const spellings = (id: string): readonly string[] => [...new Set([id, traceIdOf(id)])];
