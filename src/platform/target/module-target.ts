import type { Target, TargetAnswer } from '../../contract/eval-target.ts';
import type { Trace } from '../../contract/trace.ts';
import type { CommandTargetOptions, DeclaredFiles } from './command-target.ts';

export interface ModuleTargetOptions extends Pick<CommandTargetOptions, 'timeoutMs' | 'pause'> {
  readonly spec: string;
  readonly version: string | null;
  readonly hash: string;
  /** The prompt and the tools that it is to use. Default: its own. */
  readonly files?: DeclaredFiles;
  /** The default export of the module. */
  readonly run: (request: object, context: object) => unknown;
  /** The one trace in a value that a target returned. */
  readonly read: (value: object) => Promise<Trace>;
}

/**
 * A function of a module: it is called with the case and `{ signal, toolsUrl, callTool, promptFile, toolsFile }`, and returns
 * the answer as text, or an object that `collect` reads.
 */
export function moduleTarget(options: ModuleTargetOptions): Target {
  const { spec, version, hash, files, run, read, timeoutMs, pause } = options;
  return {
    record: { spec, kind: 'module', version, hash },
    ask: async (request, { signal, toolsUrl, replay }): Promise<TargetAnswer> => {
      const over = new AbortController();
      const inside = AbortSignal.any([signal, over.signal]);
      try {
        const late = pause(timeoutMs, inside).then(
          () => LATE,
          () => LATE,
        );
        const value = await Promise.race([
          Promise.resolve().then(() =>
            run(request, {
              ...{ signal: inside, toolsUrl, callTool: replay?.call ?? null },
              ...{ promptFile: files?.prompt ?? null, toolsFile: files?.tools ?? null },
            }),
          ),
          late,
        ]);
        signal.throwIfAborted();
        if (value === LATE)
          return failed('timeout', `it did not answer within ${timeoutMs / 1000} s`, true);
        if (typeof value !== 'string' && (typeof value !== 'object' || value === null))
          return failed(
            'unreadable_output',
            `it returned ${typeof value}, no text or object`,
            false,
          );
        const trace = await read(typeof value === 'string' ? { output: value } : value);
        return { kind: 'answered', trace, usage: { tokens: null, dollars: trace.usage.cost } };
      } catch (error) {
        signal.throwIfAborted();
        const message = error instanceof Error ? error.message : String(error);
        return failed('exception', message, false);
      } finally {
        over.abort();
      }
    },
  };
}

const LATE = Symbol('late');

const failed = (code: string, message: string, isInfrastructure: boolean): TargetAnswer => ({
  ...{ kind: 'failed', code, message, isInfrastructure },
});
