import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CulpritError } from '../contract/culprit-error.ts';
import type { Target } from '../contract/eval-target.ts';
import { readTraces, type Trace } from '../culprit.ts';
import { systemClock } from '../llm/endpoint/clock.ts';
import { commandTarget } from '../platform/target/command-target.ts';
import { moduleTarget } from '../platform/target/module-target.ts';
import { hashOfTexts, tracesByRequest } from '../verify/verify.ts';
import type { EvalOptions } from './eval-options.ts';
import { sourcesOf } from './named-files.ts';

export type TargetOptions = Pick<EvalOptions, 'timeout'>;

/**
 * The target that a spec names; `flag` is where it was given.
 * @throws CulpritError `invalid_option` for a spec of no known kind, a module that cannot be loaded; whatever reading
 * recorded traces throws.
 */
export async function openTarget(
  spec: string,
  flag: string,
  version: string | null,
  { timeout }: TargetOptions,
): Promise<Target> {
  const limits = { version, timeoutMs: 1000 * timeout, pause: systemClock.pause };
  const [, kind = '', rest = ''] = /^([a-z]+):(.*)$/s.exec(spec) ?? [];
  if (kind === 'cmd' && rest.trim() !== '')
    return commandTarget({ ...limits, command: rest.trim(), read: oneTrace });
  if (kind === 'traces' && rest !== '') return tracesTarget(rest, version);
  if (/\.[cm]?[jt]s$/.test(spec)) return loadModule(spec, flag, limits);
  throw new CulpritError(
    'invalid_option',
    `${flag} ${spec}: give cmd:<command>, a module (./agent.ts), or traces:<file>`,
  );
}

/** The only trace in bytes, or in an object as a line of JSON Lines would hold it. Throws where there is none, or more. */
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
