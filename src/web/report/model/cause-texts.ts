import type { ReportModel } from './report-model.ts';
import type { ScopedCause } from './scoped.ts';

export const causeAsIssue = (_: ReportModel, { cluster }: ScopedCause): string => cluster.title;
export const causeAsPrompt = causeAsIssue;
export const causeAsRows = causeAsIssue;
