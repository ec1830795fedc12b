import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CulpritError } from '../contract/culprit-error.ts';
import type { Target } from '../contract/eval-target.ts';
import { readTraces, type Trace } from '../culprit.ts';
import { systemClock } from '../llm/endpoint/clock.ts';
import { httpTarget } from '../llm/target/http-target.ts';
import { commandTarget, type DeclaredFiles } from '../platform/target/command-target.ts';
import { moduleTarget } from '../platform/target/module-target.ts';
import { hashOfTexts, tracesByRequest } from '../verify/verify.ts';
import { environment, environmentSecrets } from './environment.ts';
import { sourcesOf } from './named-files.ts';
import { openModel } from './open-model.ts';
import { optionJson, readOptionFile } from './read-option-file.ts';
import type { TargetOptions } from './target-options.ts';
import { targetSpec } from './target-spec.ts';

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
  const named = targetSpec(spec);
  switch (named?.kind) {
    case 'command':
      return commandTarget({
        ...{ ...limits, command: named.command, read: oneTrace },
        ...(await declaredFiles(options)),
      });
    case 'model':
      return await openModel(spec, flag, options, limits, oneTrace);
    case 'http':
      return await openEndpoint(named.url, flag, options, limits);
    case 'traces':
      return await tracesTarget(named.path, version);
    case 'module':
      return await loadModule(named.path, flag, { ...limits, ...(await declaredFiles(options)) });
    default:
      throw invalid(
        `${flag} ${spec}: give cmd:<command>, an http address, openai:<model> or another <provider>:<model>, a module (./agent.ts), or traces:<file>`,
      );
  }
}

/** Reads the one trace in these bytes, or in an object of the kind a JSON Lines row holds. Throws unless there is exactly one. */
async function oneTrace(value: Uint8Array | object): Promise<Trace> {
  const input =
    value instanceof Uint8Array ? value : new TextEncoder().encode(JSON.stringify(value));
  if (input.length === 0) throw new Error('it is empty');
  const found: Trace[] = [];
  try {
    for await (const trace of readTraces(input)) found.push(trace);
  } catch (error) {
    throw (error as CulpritError).code === 'unknown_format' ? noTrace(input, error) : error;
  }
  if (found.length === 1) return found[0]!;
  throw new Error(`it holds ${found.length} traces; one attempt is one trace`);
}

const noTrace = (bytes: Uint8Array, cause: unknown): Error =>
  new Error(
    `it is no trace, no list of messages and no {"output": …}, but begins with ${JSON.stringify(new TextDecoder().decode(bytes.subarray(0, 20)).trim())}`,
    { cause },
  );

async function loadModule(
  spec: string,
  flag: string,
  limits: {
    readonly version: string | null;
    readonly timeoutMs: number;
    readonly pause: typeof systemClock.pause;
    readonly files?: DeclaredFiles;
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
  const { files } = limits;
  const hash = hashOfTexts(files === undefined ? [text] : [text, files.hash]);
  return moduleTarget({ ...limits, spec, hash, run, read: oneTrace });
}

/** The prompt and the tools that a command or a module is told to use; empty if neither is named. */
async function declaredFiles({
  prompt,
  tools,
}: TargetOptions): Promise<{ readonly files?: DeclaredFiles }> {
  if (prompt === undefined && tools === undefined) return {};
  const texts = [
    await readOptionFile('--prompt', prompt, (text) => text),
    await readOptionFile('--tools', tools, (text) => text),
  ];
  const pathOf = (file: string | undefined): string | null =>
    file === undefined ? null : resolve(file);
  return {
    files: {
      ...{ prompt: pathOf(prompt), tools: pathOf(tools) },
      hash: hashOfTexts(texts.map((text) => text ?? '')),
    },
  };
}

interface Limits {
  readonly version: string | null;
  readonly timeoutMs: number;
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
  const template = await readOptionFile('--request', request, optionJson);
  const sent = header.map(headerOf);
  return httpTarget({
    ...{ ...limits, url: url.href, read: oneTrace, template, clock: systemClock },
    headers: Object.fromEntries(sent),
    secrets: [...environmentSecrets(), ...sent.map(([, value]) => value)],
    hash: template === null ? null : hashOfTexts([JSON.stringify(template)]),
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
