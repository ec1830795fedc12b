import * as z from 'zod';
import { type Analysis, analysisSchema } from './analysis.ts';
import { ANALYSIS_VERSION } from './analysis-version.ts';
import { CulpritError } from './culprit-error.ts';
import { plainIssue } from './plain-issue.ts';
import { type ReportData, reportDataSchema } from './report.ts';

const versioned = z.object({ version: z.number() });

/**
 * Reads what `culprit analyze --json` printed.
 * @throws CulpritError `old_analysis` when an older version wrote it, `unknown_format` when it is no analysis.
 */
export function parseAnalysis(text: string): Analysis {
  const json = jsonIn(text);
  checkVersion(json);
  return checked(analysisSchema, json, 'Give the JSON as culprit analyze --json printed it');
}

/**
 * Reads the data of a report.
 * @throws CulpritError `old_analysis` when an older version wrote it, `unknown_format` when it is no report.
 */
export function parseReport(text: string): ReportData {
  const json = jsonIn(text);
  const { data } = z.looseObject({ analysis: z.unknown() }).safeParse(json);
  checkVersion(data?.analysis);
  return checked(reportDataSchema, json, 'Give the report as culprit analyze wrote it');
}

function checkVersion(json: unknown): void {
  const { data } = versioned.safeParse(json);
  if (data === undefined)
    throw invalid('it has no version. Give the JSON that culprit analyze --json printed');
  if (data.version < ANALYSIS_VERSION)
    throw new CulpritError(
      'old_analysis',
      `the analysis was written by an older version of culprit (format ${data.version}; this version reads format ${ANALYSIS_VERSION}). Run culprit analyze again on the traces`,
    );
  if (data.version > ANALYSIS_VERSION)
    throw invalid(
      `it was written by a newer version of culprit (format ${data.version}; this version reads format ${ANALYSIS_VERSION}). Update culprit, or run culprit analyze again`,
    );
}

function checked<Schema extends z.ZodType>(
  schema: Schema,
  json: unknown,
  advice: string,
): z.output<Schema> {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalid(
    `${issue === undefined ? 'it is not as written' : plainIssue(issue)}. ${advice}`,
    parsed.error,
  );
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalid('it is not JSON', cause);
  }
}

const invalid = (why: string, cause?: unknown): CulpritError =>
  new CulpritError('unknown_format', `the analysis cannot be read: ${why}`, { cause });
