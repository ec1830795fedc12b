import * as z from 'zod';

export const scheduleSettingsSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(120),
    cron: z
      .string()
      .min(9)
      .max(100)
      .default('0 9 * * 1')
      .describe('minute, hour, day, month and day of the week; by default Mondays at 9'),
    timeZone: z.string().max(60).default('UTC').describe('of the hours, such as Europe/Berlin'),
    days: z
      .int()
      .min(1)
      .max(90)
      .default(7)
      .describe('a session looks at the traces of so many days before it is due'),
    where: z
      .strictObject({
        environment: z.string().min(1).max(200).optional(),
        tenant: z.string().min(1).max(200).optional(),
      })
      .readonly()
      .default({})
      .describe('only traces with these values'),
    channels: z
      .array(z.string().min(1).max(64))
      .max(20)
      .readonly()
      .default([])
      .describe('where the digest goes: names of the channels that the operator configured'),
    isPaused: z.boolean().default(false),
  })
  .readonly();

/** Sessions that begin by themselves. */
export type ScheduleSettings = z.infer<typeof scheduleSettingsSchema>;

export interface Schedule extends ScheduleSettings {
  readonly id: string;
}
