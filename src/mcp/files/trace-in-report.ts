import type { ReportArchive, ReportData, ReportTrace } from '../../contract/report.ts';
import type { Trace } from '../../contract/trace.ts';
import { unpacked } from '../../text/packed.ts';
import type { TraceView } from '../backend.ts';

/** A trace of the report, whole or shortened; null for one that it does not show. */
export function traceInReport(report: ReportData, id: string): TraceView | null {
  const at = report.traces.findIndex((trace) => trace.id === id);
  const trace = report.traces[at];
  if (trace === undefined) return null;
  const raw = archiveOf(report).raw[at];
  const whole = raw === undefined ? null : parsed(raw);
  return whole === null ? shortened(trace) : { ...whole, missing: null };
}

const archives = new WeakMap<ReportData, ReportArchive>();

/** Unpacked once for each report. */
export function archiveOf(report: ReportData): ReportArchive {
  const before = archives.get(report);
  if (before !== undefined) return before;
  const made: ReportArchive =
    report.archive === '' ? { texts: [], raw: [] } : (unpacked(report.archive) as ReportArchive);
  archives.set(report, made);
  return made;
}

/** Null for one that was cut. */
function parsed(raw: string): Trace | null {
  try {
    return JSON.parse(raw) as Trace;
  } catch {
    return null;
  }
}

function shortened({ error, messages, ...trace }: ReportTrace): TraceView {
  const omitted = messages.reduce((sum, message) => sum + message.omitted, 0);
  return {
    ...{ id: trace.id, name: trace.name, tenant: trace.tenant, model: trace.model },
    ...{ promptName: null, promptVersion: trace.promptVersion, release: trace.release },
    environment: null,
    error: error === null ? null : { type: 'error', message: error, spanId: null },
    messages: messages.map(({ role, name, content, toolCalls, spanId }) => ({
      ...{ role, name, content, toolCalls, spanId, toolCallId: null },
    })),
    ...{ tools: [], spans: [] },
    missing: `the report keeps this trace shortened (${omitted} characters are left out); with the trace files, culprit mcp shows all`,
  };
}
