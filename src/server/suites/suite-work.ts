import { promoteStored } from './promotion.ts';
import { reportOfRun } from './run-record.ts';
import type { SuiteWork } from './suite-thread.ts';

/** On this thread. */
export const suiteWorkHere: SuiteWork = { promote: promoteStored, report: reportOfRun };
