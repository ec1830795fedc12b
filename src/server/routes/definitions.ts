import type {
  DefinitionKind,
  StoredDefinition,
  TelemetryStore,
} from '../../store/telemetry/telemetry.ts';
import { RequestError } from '../http/problem.ts';
import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { type Api, json, newApi, orNull, route } from './api-group.ts';
import { lineChanges } from './line-changes.ts';

const name = z.string().min(1).max(200);
const version = z.string().min(1).max(200);
const time = z.iso.datetime().describe('of a trace, to the hour');
const isVarying = z
  .boolean()
  .describe('more came than is kept: the text seems to hold data of single requests');
const note = orNull(z.string()).describe('what to do where it is varying');

const namesSchema = z
  .object({
    items: z
      .array(
        z.object({
          name: z.string(),
          versions: z.number().describe('that are stored'),
          latest: z.string().describe('the version that was seen last'),
          ...{ first: time, last: time },
        }),
      )
      .describe('the one that was seen last first; 1,000 at most'),
    isCut: z.boolean().describe('more names came in one day than are kept'),
  })
  .openapi('DefinitionNames');

const text = z.object({
  hash: z.string().describe('of the whole text'),
  text: z.string().describe('its first 65,536 characters'),
  size: z.number().describe('characters of the whole text'),
  ...{ first: time, last: time },
});

const versionsSchema = z
  .object({
    ...{ name: z.string(), isVarying, note },
    versions: z
      .array(
        z.object({
          version: z.string().describe("'sha:…' where none was recorded"),
          ...{ first: time, last: time, isVarying },
          texts: z.array(text).describe('the one that was seen last first'),
        }),
      )
      .describe('the one that was seen last first; of the last 100 texts'),
  })
  .openapi('DefinitionVersions');

const side = z.object({ version: z.string(), hash: z.string(), first: time, last: time });

const changesSchema = z
  .object({
    ...{ name: z.string(), from: side, to: side },
    isSame: z.boolean().describe('the whole texts are the same'),
    added: z.number().describe('lines'),
    removed: z.number(),
    isAligned: z
      .boolean()
      .describe('false: more than 2,000 lines differ, and all are shown as replaced'),
    hunks: z.array(
      z.object({
        fromLine: z.number().describe('number of its first line, from 1'),
        toLine: z.number(),
        lines: z.array(z.object({ kind: z.enum(['same', 'removed', 'added']), text: z.string() })),
      }),
    ),
  })
  .openapi('DefinitionChanges');

const WORDS = {
  prompt: {
    names: 'Prompts by name',
    versions: 'The texts of a prompt by version',
    changes: 'The lines that differ between two versions of a prompt',
  },
  tool: {
    names: 'Tools that were offered to models',
    versions: 'The definitions of a tool by version',
    changes: 'The lines that differ between two versions of a tool',
  },
} as const;

/** Texts of prompts, or definitions of tools, by version. */
export function definitionRoutes(
  kind: DefinitionKind,
  path: '/prompts' | '/tools',
  { store }: ServerContext,
): Api {
  const api = newApi();
  const list = route('read', {
    method: 'get',
    path,
    summary: WORDS[kind].names,
    responses: { 200: json(namesSchema, 'names with what is known of each') },
  });
  const versions = route('read', {
    method: 'get',
    path: `${path}/{name}`,
    summary: WORDS[kind].versions,
    request: { params: z.object({ name }) },
    responses: { 200: json(versionsSchema, 'versions with their texts') },
  });
  const changes = route('read', {
    method: 'get',
    path: `${path}/{name}/changes`,
    summary: WORDS[kind].changes,
    request: {
      params: z.object({ name }),
      query: z.object({
        from: version.describe('a version, of which the text seen last counts, or a hash'),
        to: version,
      }),
    },
    responses: { 200: json(changesSchema, 'changed lines, with three others around them') },
  });

  api.openapi(list, async (c) => {
    const found = await store.definitionNames(c.var.access.project, kind);
    const items = found
      .filter((each) => each.name !== '')
      .map((each) => ({ ...each, first: iso(each.first), last: iso(each.last) }));
    return c.json({ items, isCut: items.length < found.length }, 200);
  });

  api.openapi(versions, async (c) => {
    const { project } = c.var.access;
    const { name: of } = c.req.valid('param');
    const found = await store.definitions(project, kind, of);
    if (found.length === 0) throw missing(kind, of, project);
    const byVersion = Map.groupBy(found, (each) => each.version);
    const isFull = byVersion.delete('');
    const items = [...byVersion].map(([of, all]) => versionOf(of, all));
    const isAnyVarying = isFull || items.some((each) => each.isVarying);
    const advice = isAnyVarying ? ADVICE[kind] : null;
    return c.json({ name: of, isVarying: isFull, note: advice, versions: items }, 200);
  });

  api.openapi(changes, async (c) => {
    const { project } = c.var.access;
    const { name: of } = c.req.valid('param');
    const asked = c.req.valid('query');
    const [from, to] = await Promise.all(
      [asked.from, asked.to].map((each) => textOf(store, { project, kind, name: of }, each)),
    );
    const [{ text: before, ...left }, { text: after, ...right }] = [from!, to!];
    const isSame = left.hash === right.hash;
    const sides = { name: of, from: sideOf(left), to: sideOf(right) };
    const { hunks, ...counts } = lineChanges(before, after);
    const lines = hunks.map((hunk) => ({ ...hunk, lines: [...hunk.lines] }));
    return c.json({ ...sides, isSame, ...counts, hunks: lines }, 200);
  });

  return api;
}

const ADVICE: Readonly<Record<DefinitionKind, string>> = {
  prompt:
    'so many texts in one day seem to be filled with data of single requests: record the template and its version, in OpenInference llm.prompt_template.template and llm.prompt_template.version, and put the data into another message',
  tool: 'so many definitions in one day seem to hold data of single requests: keep that out of descriptions and schemas',
};

/** A version has a text of its own; a few more where several agents share it. */
function versionOf(of: string, found: readonly StoredDefinition[]) {
  const texts = found.filter(({ hash }) => hash !== '');
  return {
    version: of,
    first: iso(Math.min(...found.map(({ first }) => first))),
    last: iso(Math.max(...found.map(({ last }) => last))),
    isVarying: texts.length < found.length,
    texts: texts.map(({ hash, text: of, size, first, last }) => ({
      ...{ hash, text: of, size, first: iso(first), last: iso(last) },
    })),
  };
}

async function textOf(
  store: Pick<TelemetryStore, 'definitions'>,
  at: { readonly project: string; readonly kind: DefinitionKind; readonly name: string },
  wanted: string,
): Promise<StoredDefinition> {
  const found = await store.definitions(at.project, at.kind, at.name, wanted);
  const latest = found.find(({ hash }) => hash !== '');
  if (latest === undefined) throw missing(at.kind, `${at.name}, version ${wanted}`, at.project);
  return latest;
}

const missing = (kind: DefinitionKind, what: string, project: string): RequestError =>
  new RequestError({
    status: 404,
    code: `no_such_${kind}`,
    detail: `there is no ${kind} ${what.slice(0, 400)} in the project ${project}: GET /api/v1/${kind}s has their names`,
  });

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

const sideOf = ({ version: of, hash, first, last }: Omit<StoredDefinition, 'text'>) => ({
  ...{ version: of, hash, first: iso(first), last: iso(last) },
});
