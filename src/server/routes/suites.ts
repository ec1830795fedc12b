import { strToU8, zipSync } from 'fflate';
import { SUITE_PLACES } from '../../contract/decision.ts';
import { ROLES } from '../../contract/suite.ts';
import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import type { ListedSuite, NamedText } from '../suites/suite-folder.ts';
import type { Choice, Previewed } from '../suites/suites.ts';
import { type Api, json, newApi, orNull, route } from './api-group.ts';

const MOST_IDS = 500;
const traceIds = z.array(z.string().min(1).max(500)).max(MOST_IDS).default([]);

const choice = {
  picks: traceIds.describe('ids of failures that become guards, at most three'),
  leaveOut: traceIds.describe('ids of traces that become no case'),
  redact: z
    .enum(['mask', 'off'])
    .default('mask')
    .describe('mask: personal data and secrets are taken out of the cases'),
  name: z
    .string()
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, {
      error: 'must be lowercase letters and digits, with single hyphens between words',
    })
    .max(60)
    .optional()
    .describe('of a new suite, without its ending; else made of the title of the cause'),
};

const id = { params: z.object({ id: z.string().min(1).max(500) }) };
const body = <Schema extends z.ZodType>(schema: Schema) => ({
  body: { required: true, content: { 'application/json': { schema } } },
});

const counts = z.object({
  guards: z.number().int(),
  controls: z.number().int(),
  slice: z.number().int().describe('held-out cases that no run has spent'),
});

const check = z.object({
  check: z.string(),
  params: z.unknown(),
  why: orNull(z.string()),
  negate: z.boolean(),
  provisional: z.boolean().describe('shown, decides nothing'),
});

const suite = z
  .object({
    file: z.string(),
    version: z.string(),
    cause: z.object({ id: z.string(), title: z.string(), severity: z.number() }),
    labels: z.array(z.string()),
    ...counts.shape,
    spent: z.number().int().describe('held-out cases that a run has spent'),
    checks: z.array(z.string()),
  })
  .openapi('Suite');

const list = route('read', {
  method: 'get',
  path: '/suites',
  summary: 'The suites of the project in the folder of the server',
  responses: {
    200: json(
      z.object({
        folder: z.string().describe('on the machine of the server; `culprit eval` takes it'),
        items: z.array(suite),
        problems: z
          .array(z.object({ file: z.string(), message: z.string() }))
          .describe('files that cannot be read as a suite'),
      }),
      'the suites, by name',
    ),
  },
});

const preview = route('write', {
  method: 'post',
  path: '/causes/{id}/suite/preview',
  summary: 'The suite that a cause would be promoted to; nothing is written',
  request: { ...id, ...body(z.strictObject(choice)) },
  responses: {
    200: json(
      z
        .object({
          version: z.string().describe('names this preview to `POST /causes/{id}/suite`'),
          file: z.string(),
          isNew: z.boolean().describe('else new cases are added to the suite that is there'),
          checks: z.array(check),
          cases: z
            .array(
              z.object({
                id: z.string(),
                role: z.enum(ROLES),
                pick: orNull(z.string()).describe('why this trace'),
                trace: z.string(),
                input: z.string(),
                proof: z.enum(['red', 'green', 'unproven']),
              }),
            )
            .describe('new ones'),
          kept: z.number().int().describe('cases that are there already'),
          broken: z
            .array(z.object({ trace: z.string(), role: z.enum(ROLES), why: z.string() }))
            .describe('traces that prove nothing, at most 20'),
          notes: z.array(z.string()),
          yaml: z.string().describe('the file'),
          payloadBytes: z.number().int().describe('of the file with the contents of the cases'),
        })
        .openapi('SuitePreview'),
      'what would be written',
    ),
  },
});

const promote = route('write', {
  method: 'post',
  path: '/causes/{id}/suite',
  summary: 'Promote a cause: write its suite to the folder of the server, or get its files',
  request: {
    ...id,
    ...body(
      z.strictObject({
        ...choice,
        to: z.enum(SUITE_PLACES),
        version: z.string().max(100).describe('of the preview, which has to be the same still'),
      }),
    ),
  },
  responses: {
    200: json(
      z.object({
        file: z.string(),
        path: z.string().describe('folder that it is in, or belongs into'),
        zip: orNull(z.string()).describe(
          'for `download`: the suite, its payload and its schema as a zip file, in base64',
        ),
      }),
      'what was written or handed over',
    ),
  },
});

export function suiteRoutes({ suites }: ServerContext): Api {
  const api = newApi();

  api.openapi(list, async (c) => {
    const { project } = c.var.access;
    const { suites: found, problems } = await suites.list(project);
    const items = found.map(shownSuite);
    return c.json({ folder: suites.path(project), items, problems: [...problems] }, 200);
  });

  api.openapi(preview, async (c) => {
    const cause = c.req.valid('param').id;
    return c.json(
      shownPreview(await suites.preview(c.var.access, cause, choiceOf(c.req.valid('json')))),
      200,
    );
  });

  api.openapi(promote, async (c) => {
    const who = c.var.access;
    const { to, version, ...given } = c.req.valid('json');
    const cause = c.req.valid('param').id;
    const { file, files } = await suites.promote(who, cause, choiceOf(given), { to, version });
    const zip = to === 'download' ? zipOf(files) : null;
    return c.json({ file, path: suites.path(who.project), zip }, 200);
  });

  return api;
}

const choiceOf = ({
  picks,
  leaveOut,
  redact,
  name,
}: Omit<Choice, 'redaction' | 'name'> & {
  readonly redact: Choice['redaction'];
  readonly name?: string | undefined;
}): Choice => ({ picks, leaveOut, redaction: redact, name: name ?? null });

function shownSuite({ file, hash, suite: { cause, labels, cases, checks } }: ListedSuite) {
  const live = cases.filter(({ retired }) => retired === undefined);
  const count = (role: (typeof ROLES)[number]): number =>
    live.filter((each) => each.role === role && each.spent === undefined).length;
  return {
    ...{ file, version: hash, labels: [...labels] },
    cause: { id: cause.id, title: cause.title, severity: cause.severity },
    ...{ guards: count('guard'), controls: count('control'), slice: count('slice') },
    spent: live.filter(({ spent }) => spent !== undefined).length,
    checks: checks.map((use) => `${use.negate === true ? 'not ' : ''}${use.check}`),
  };
}

/** Without a time: the same suite gives the same bytes. */
const zipOf = (files: readonly NamedText[]): string =>
  Buffer.from(
    zipSync(Object.fromEntries(files.map(({ name, text }) => [name, strToU8(text)])), {
      mtime: new Date(1980, 0, 1),
    }),
  ).toString('base64');

const MOST_BROKEN = 20;

function shownPreview({ promotion, version }: Previewed) {
  const { file, suite, added, broken, notes, yaml, payload, diff } = promotion;
  return {
    ...{ version, file, isNew: diff === null, yaml },
    checks: suite.checks.map(({ check: name, params, why, negate, provisional }) => ({
      ...{ check: name, params: params as unknown, why: why ?? null },
      ...{ negate: negate === true, provisional: provisional === true },
    })),
    cases: added.map(({ id: name, role, pick, trace, input, proof }) => ({
      ...{ id: name, role, pick: pick ?? null, trace, input: input ?? '', proof },
    })),
    kept: suite.cases.length - added.length,
    broken: broken.slice(0, MOST_BROKEN).map((each) => ({ ...each })),
    notes: [...notes],
    payloadBytes: Buffer.byteLength(payload),
  };
}
