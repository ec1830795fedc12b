import { readFile } from 'node:fs/promises';
import { basename, parse, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import { CulpritError } from '../contract/culprit-error.ts';
import type { Target } from '../contract/eval-target.ts';
import type { Json } from '../contract/json.ts';
import type { ToolDefinition } from '../contract/trace.ts';
import { readTraces, type Trace } from '../culprit.ts';
import { systemClock } from '../llm/endpoint/clock.ts';
import { listPrice } from '../llm/judge/chat-price.ts';
import { httpTarget } from '../llm/target/http-target.ts';
import { modelTarget } from '../llm/target/model-target.ts';
import { commandTarget } from '../platform/target/command-target.ts';
import { moduleTarget } from '../platform/target/module-target.ts';
import { hashOfTexts, tracesByRequest } from '../verify/verify.ts';
import { endpointOf } from './endpoint.ts';
import { environment } from './environment.ts';
import type { EvalOptions } from './eval-options.ts';
import { sourcesOf } from './named-files.ts';

export type TargetOptions = Pick<
  EvalOptions,
  'timeout' | 'tools' | 'baseUrl' | 'request' | 'response' | 'header'
> & {
  /** File with the system prompt of a model. */
  readonly prompt?: string | undefined;
};

/**
 * The target that a spec names; `flag` is where it was given.
 * @throws CulpritError `invalid_option` for a spec of no known kind, a module that cannot be loaded; whatever reading
 * recorded traces throws.
 */
export async function openTarget(
  spec: string,
  flag: string,
  version: string | null,
  options: TargetOptions,
): Promise<Target> {
  const limits = { version, timeoutMs: 1000 * options.timeout, pause: systemClock.pause };
  const [, kind = '', rest = ''] = /^([a-z]+):(.*)$/s.exec(spec) ?? [];
  if (kind === 'cmd' && rest.trim() !== '')
    return commandTarget({ ...limits, command: rest.trim(), read: oneTrace });
  if (kind === 'openai' && rest !== '') return openModel(rest, options, limits);
  if (kind === 'http' || kind === 'https') return openEndpoint(spec, flag, options, limits);
  if (kind === 'traces' && rest !== '') return tracesTarget(rest, version);
  if (/\.[cm]?[jt]s$/.test(spec)) return loadModule(spec, flag, limits);
  throw new CulpritError(
    'invalid_option',
    `${flag} ${spec}: give cmd:<command>, an http address, openai:<model>, a module (./agent.ts), or traces:<file>`,
  );
}

/** Reads the one trace in these bytes, or in an object of the kind a JSON Lines row holds. Throws unless there is exactly one. */
async function oneTrace(value: Uint8Array | object): Promise<Trace> {
  const input =
    value instanceof Uint8Array ? value : new TextEncoder().encode(JSON.stringify(value));
  if (input.length === 0) throw new Error('it is empty');
  const found: Trace[] = [];
  for await (const trace of readTraces(input)) found.push(trace);
  if (found.length === 1) return found[0]!;
  throw new Error(`it holds ${found.length} traces; one attempt is one trace`);
}

async function loadModule(
  spec: string,
  flag: string,
  limits: {
    readonly version: string | null;
    readonly timeoutMs: number;
    readonly pause: typeof systemClock.pause;
  },
): Promise<Target> {
  const path = resolve(spec);
  const fail = (cause: unknown): never => {
    throw new CulpritError(
      'invalid_option',
      `${flag} ${spec}: cannot be loaded (${String(cause)})`,
      {
        cause,
      },
    );
  };
  const text = await readFile(path, 'utf8').catch(fail);
  const module: { readonly default?: unknown } = await import(pathToFileURL(path).href).catch(fail);
  if (typeof module.default !== 'function')
    throw new CulpritError(
      'invalid_option',
      `${flag} ${spec}: has no default export that is a function`,
    );
  const run = module.default as (request: object, context: object) => unknown;
  return moduleTarget({ ...limits, spec, hash: hashOfTexts([text]), run, read: oneTrace });
}

interface Limits {
  readonly version: string | null;
  readonly timeoutMs: number;
}

/** Throws `invalid_option` without a key, for files that cannot be read. */
async function openModel(
  model: string,
  { prompt: promptFile, tools: toolsFile, baseUrl: given }: TargetOptions,
  { version, timeoutMs }: Limits,
): Promise<Target> {
  const { baseUrl, apiKey } = endpointOf({ baseUrl: given });
  const prompt = promptFile === undefined ? null : await fileText('--prompt', promptFile);
  const tools = toolsFile === undefined ? null : await fileText('--tools', toolsFile);
  return modelTarget({
    ...{ model, baseUrl, apiKey, timeoutMs, prompt, clock: systemClock, read: oneTrace },
    version: version ?? (promptFile === undefined ? null : parse(promptFile).name),
    hash: hashOfTexts([prompt ?? '', tools ?? '']),
    tools: tools === null ? null : toolsIn(tools, `--tools ${toolsFile}`),
    price: listPrice(model),
  });
}

/** Throws `invalid_option` for a bad address, a variable that is not set, a template that is no JSON. */
async function openEndpoint(
  spec: string,
  flag: string,
  { request, response, header }: TargetOptions,
  limits: Limits,
): Promise<Target> {
  const url = URL.parse(spec);
  if (url === null || url.username !== '' || url.password !== '')
    throw invalid(
      `${flag}: give an http or https address without user and password; keys go into --header`,
    );
  const text = request === undefined ? null : await fileText('--request', request);
  return httpTarget({
    ...{ ...limits, url: url.href, read: oneTrace },
    headers: Object.fromEntries(header.map(headerOf)),
    template: text === null ? null : jsonIn(text, `--request ${request}`),
    hash: text === null ? null : hashOfTexts([text]),
    path: response === undefined ? [] : response.split('.'),
  });
}

function headerOf(given: string): readonly [string, string] {
  const at = given.indexOf(':');
  const value = given.slice(at + 1).replace(/\$(\w+)/g, (_, name: string) => {
    const found = environment(name);
    if (found === null) throw invalid(`--header ${given}: ${name} is not set in the environment`);
    return found;
  });
  return [given.slice(0, at), value.trim()];
}

function toolsIn(text: string, source: string): readonly ToolDefinition[] {
  const { data } = toolsSchema.safeParse(jsonIn(text, source));
  if (data === undefined)
    throw invalid(`${source}: give a list of tools, each with name, description and parameters`);
  return data.map((each) => ({
    name: each.name,
    description: each.description ?? '',
    parameters: (each.parameters ?? null) as ToolDefinition['parameters'],
  }));
}

const toolSchema = z.object({
  name: z.string(),
  description: z.string().optional(),
  parameters: z.record(z.string(), z.json()).optional(),
});
const toolsSchema = z.array(
  z.union([z.object({ function: toolSchema }).transform((each) => each.function), toolSchema]),
);

function jsonIn(text: string, source: string): Json {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid(`${source}: not valid JSON (${String(error)})`);
  }
}

const fileText = (flag: string, path: string): Promise<string> =>
  readFile(path, 'utf8').catch((error: unknown) => {
    throw invalid(`${flag} ${path}: cannot be read (${String(error)})`);
  });

const invalid = (message: string): CulpritError => new CulpritError('invalid_option', message);

async function tracesTarget(path: string, version: string | null): Promise<Target> {
  const traces: Trace[] = [];
  const sources = await sourcesOf([{ path, name: path }]);
  for await (const trace of readTraces(sources)) traces.push(trace);
  const answer = tracesByRequest(traces);
  const hash = hashOfTexts(traces.map((trace) => JSON.stringify(trace)));
  return {
    record: { spec: `traces:${basename(path)}`, kind: 'traces', version, hash },
    ask: async (request) => answer(request),
  };
}
