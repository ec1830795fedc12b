import type { EvalReport, EvalReportVersion, HistoryReport } from '../../contract/eval-report.ts';
import { type ReadPage, readPage } from '../shell/read-page.ts';

/** A literal type: it stops compiling when the data's version moves on without this reader. */
const SUPPORTED: EvalReportVersion = 1;

/** Reads a run, or the history of runs. Never throws. */
export const readEval = (text: string): ReadPage<EvalReport | HistoryReport> =>
  readPage(text, SUPPORTED, ({ kind }) => kind === 'run' || kind === 'history');
