import * as z from 'zod';
import { recorderSchema } from './readiness.ts';

const problemSchema = z
  .object({
    file: z.string(),
    line: z.number().nullable().describe('1-based; null where the format has no lines'),
    code: z
      .string()
      .describe(
        'stable word: broken_json, not_utf8, not_an_object, bad_span, bad_protobuf, late_span, unmatched_score, truncated_file, …',
      ),
    message: z.string(),
  })
  .readonly();

/** Something in the input that could not be used. Never fatal by itself. */
export type Problem = z.infer<typeof problemSchema>;

const fileReportSchema = z
  .object({
    name: z.string(),
    formats: z
      .array(z.string())
      .readonly()
      .describe('dialects and shapes seen, most frequent first, for example `otlp-json (traces)`'),
    bytes: z.number().describe('bytes read after decompression'),
    records: z.number().describe('lines, rows, spans or objects read'),
    broken: z.number().describe('records that could not be read'),
    traces: z.number(),
    modelCalls: z.number(),
    toolCalls: z.number(),
    documents: z.number(),
    scores: z.number(),
    errors: z.number(),
  })
  .readonly();

/** What one file held. */
export type FileReport = z.infer<typeof fileReportSchema>;

export const collectReportSchema = z
  .object({
    files: z.array(fileReportSchema).readonly(),
    problems: z.array(problemSchema).readonly().describe('the first 100, in order of appearance'),
    problemCount: z.number().describe('all of them'),
    remarks: z
      .array(problemSchema)
      .readonly()
      .describe('what was read and differs from the file, or looks like a mistake; the first 100'),
    remarkCount: z.number().describe('all of them'),
    recorders: z
      .array(recorderSchema)
      .readonly()
      .default([])
      .describe('what the traces of each SDK carry and lack, the one with most traces first'),
  })
  .readonly();

/** What was read from all files. */
export type CollectReport = z.infer<typeof collectReportSchema>;
