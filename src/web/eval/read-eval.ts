import type { EvalReport, EvalReportVersion, HistoryReport } from '../../contract/eval-report.ts';
import { isRecord } from '../../text/json.ts';

/** A literal type: it stops compiling when the data's version moves on without this reader. */
const SUPPORTED: EvalReportVersion = 1;

export type ReadEval =
  | { readonly kind: 'page'; readonly data: EvalReport | HistoryReport }
  | { readonly kind: 'unreadable'; readonly message: string };

/** Parses the JSON embedded in the page. Never throws: unreadable text gives a reason in one sentence. */
export function readEval(text: string): ReadEval {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    data = null;
  }
  if (!isRecord(data) || (data['kind'] !== 'run' && data['kind'] !== 'history'))
    return {
      kind: 'unreadable',
      message: 'The data in this report cannot be read: the file is cut short or was edited.',
    };
  if (data['version'] !== SUPPORTED)
    return {
      kind: 'unreadable',
      message: `This report contains data of version ${String(data['version']).slice(0, 20)}, but the page reads version ${SUPPORTED}.`,
    };
  return { kind: 'page', data: data as unknown as EvalReport | HistoryReport };
}
