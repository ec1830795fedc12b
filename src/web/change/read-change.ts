import type { ChangeReport, ChangeReportVersion } from '../../contract/change-report.ts';
import { isRecord } from '../../text/json.ts';
import { type ReadPage, readPage } from '../shell/read-page.ts';

/** A literal type: it stops compiling when the data's version moves on without this reader. */
const SUPPORTED: ChangeReportVersion = 1;

const PARTS = {
  diff: ['diff', 'report'],
  tenants: ['tenants'],
  trend: ['trend'],
} as const satisfies Readonly<Record<ChangeReport['kind'], readonly string[]>>;

/** Reads what changed. Never throws. */
export const readChange = (text: string): ReadPage<ChangeReport> =>
  readPage(text, SUPPORTED, (data) =>
    Object.entries(PARTS).some(
      ([kind, parts]) => data['kind'] === kind && parts.every((part) => isRecord(data[part])),
    ),
  );
