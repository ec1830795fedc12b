import type { ChangeReport, ChangeReportVersion } from '../../contract/change-report.ts';
import { isRecord } from '../../text/json.ts';

/** A literal type: it stops compiling when the data's version moves on without this reader. */
const SUPPORTED: ChangeReportVersion = 1;

export type ReadChange =
  | { readonly kind: 'page'; readonly data: ChangeReport }
  | { readonly kind: 'unreadable'; readonly message: string };

const PARTS = {
  diff: ['diff', 'report'],
  tenants: ['tenants'],
  trend: ['trend'],
} as const satisfies Readonly<Record<ChangeReport['kind'], readonly string[]>>;

/** Parses the JSON embedded in the page. Never throws: unreadable text gives a reason in one sentence. */
export function readChange(text: string): ReadChange {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    data = null;
  }
  if (!isRecord(data) || !isComplete(data))
    return {
      kind: 'unreadable',
      message: 'The data in this report cannot be read: the file is cut short or was edited.',
    };
  if (data['version'] !== SUPPORTED)
    return {
      kind: 'unreadable',
      message: `This report contains data of version ${String(data['version']).slice(0, 20)}, but the page reads version ${SUPPORTED}.`,
    };
  return { kind: 'page', data: data as unknown as ChangeReport };
}

/** Checks only the top level: the same package wrote the data. */
const isComplete = (data: Record<string, unknown>): boolean =>
  Object.entries(PARTS).some(
    ([kind, parts]) => data['kind'] === kind && parts.every((part) => isRecord(data[part])),
  );
