import type { Signal } from '../../contract/signal.ts';
import type { SignalRow, TraceRow } from '../../store/telemetry/telemetry.ts';

/** One row per quote; a signal without quotes has one row. */
export const signalRows = (
  signals: readonly Signal[],
  { project, traceId, anchor, version, expires, environment, detectorVersion }: TraceRow,
): SignalRow[] =>
  signals.flatMap(({ detector, verdict, spanId, evidence }) =>
    (evidence.length > 0 ? evidence : [{ spanId, path: '', quote: '' }]).map((each) => ({
      ...{ project, traceId, anchor, version, expires, detector, verdict },
      ...{ environment, detectorVersion },
      spanId: each.spanId ?? '',
      path: each.path,
      quote: each.quote,
    })),
  );
