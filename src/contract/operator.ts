import * as z from 'zod';
import { guardDefinitionSchema } from './guard-definition.ts';
import { labelModelSchema } from './label-model.ts';
import { judgeDefinitionSchema } from './online-judge.ts';

const name = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'use small letters, digits and dashes, such as `on-call`');

const url = z.url({ protocol: /^https?$/, error: 'give an address that begins with https://' });

const channelSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('webhook'),
    url,
    secret: z
      .string()
      .regex(
        /^(?:whsec_)?[A-Za-z0-9+/]{32,}={0,2}$/,
        'give at least 24 random bytes as base64, such as of `openssl rand -base64 32`',
      )
      .describe('signs each message, as standardwebhooks.com describes'),
  }),
  z.strictObject({ kind: z.literal('slack'), url }),
  z.strictObject({
    kind: z.literal('email'),
    server: z
      .url({ protocol: /^smtps?$/ })
      .describe(
        '`smtps://user:password@host:465`, or `smtp://` (which uses TLS where the server can)',
      ),
    from: z.string().min(3),
    to: z.array(z.string().min(3)).min(1).max(50),
  }),
  z.strictObject({
    kind: z.literal('command'),
    command: z
      .array(z.string().min(1))
      .min(1)
      .describe('the program and its arguments; the path of a file with the alert comes last'),
  }),
]);

/** Where alerts go; only the operator of a server says so. */
export type Channel = z.infer<typeof channelSchema>;

/** The file that `culprit serve --config` reads. */
export const operatorSchema = z.strictObject({
  channels: z.record(name, channelSchema).default({}),
  judges: z
    .record(name, judgeDefinitionSchema)
    .default({})
    .describe('what can score the traces that come in; projects choose them by name'),
  guards: z
    .record(name, guardDefinitionSchema)
    .default({})
    .describe('what applications may ask about requests and answers, by name'),
  labelModel: labelModelSchema
    .nullable()
    .default(null)
    .describe('what people may ask about a cause, within its budget; null: nothing'),
  allowPrivateAddresses: z
    .boolean()
    .default(false)
    .describe('alerts may go to addresses of this machine and its network'),
});

export type Operator = z.infer<typeof operatorSchema>;
