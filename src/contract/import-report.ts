import * as z from 'zod';

const count = z.number().int();
const field = z.object({
  format: z.string().describe('of the object, or `span`'),
  field: z.string(),
  count: count.describe('objects that hold something in it'),
});

/** What an import read, what it stored, and what it did not understand. */
export const importReportSchema = z.object({
  name: z.string(),
  formats: z.array(z.string()).describe('shapes seen, the most frequent first'),
  bytes: count.describe('bytes read, after decompression'),
  records: count.describe('lines, rows, spans or objects read'),
  traces: count.describe('traces that the records are about'),
  stored: z
    .object({ spans: count, logs: count, scores: count, conversations: count })
    .describe('records on disk now; sent again, they count once'),
  repeated: count.describe('conversations that were stored before, with the same content'),
  ignoredLogs: count.describe('log records that tell nothing about a run; not stored'),
  lost: z
    .object({
      count: count.describe('all of them: problems and fields'),
      problems: z
        .array(
          z.object({
            code: z.string(),
            count,
            line: z.number().nullable().describe('of the first'),
            message: z.string().describe('of the first'),
          }),
        )
        .describe('what could not be read or understood'),
      fields: z.array(field).describe('fields that the reader of their format leaves out'),
    })
    .describe('what was not understood; a strict import refuses it'),
  kept: z
    .array(field)
    .describe('attributes that are stored and shown, and mean nothing to any detector'),
});

export type ImportReport = z.infer<typeof importReportSchema>;
