import { join } from 'node:path';
import { CulpritError } from '../contract/culprit-error.ts';
import type { RunJudgment } from '../contract/verdict.ts';
import type { Backend, VerifyRequest } from '../mcp/mcp.ts';
import { runLines } from '../platform/run-file.ts';
import { attemptsIn, reasonOf } from '../verify/verify.ts';
import { GATE_FAILED, INCOMPLETE, NO_EVIDENCE } from './exit-code.ts';
import type { Given } from './flags.ts';
import { listedSuites } from './listed-suites.ts';
import { evalFlags, type McpOptions } from './mcp-options.ts';
import { ownCommand } from './own-command.ts';

/** As `culprit eval --json` prints it. */
interface EvalRecord {
  readonly run: string;
  readonly file: string;
  readonly target: { readonly spec: string; readonly version: string | null };
  readonly judgment: RunJudgment;
  readonly next: string;
}

/**
 * Runs suites by `culprit eval` against the target that the command line of `culprit mcp` names: in a process of its own,
 * so that changed code is loaded anew and what it prints stays there.
 */
export function suiteVerifier(
  { suite: folder, target, baseline, server, project }: McpOptions,
  given: Given,
): Backend['verify'] {
  return async (asked, signal) => {
    if (target === undefined)
      throw new CulpritError(
        'invalid_option',
        'verify: no target is named. A person adds one to the command of this server, such as culprit mcp traces.jsonl --target "cmd:node agent.js"',
      );
    const { code, stdout } = await ownCommand(
      [
        ...['eval', await pathOf(folder, asked), ...evalFlags(given, asked), '--json'],
        ...(asked.version === undefined ? [] : ['--as', asked.version]),
        ...(asked.repeat === undefined ? [] : ['--repeat', String(asked.repeat)]),
        ...(asked.compare && baseline === undefined ? ['--baseline', 'run:last'] : []),
        ...(server === undefined ? [] : ['--server', server]),
        ...(project === undefined ? [] : ['--project', project]),
      ],
      { ended: [0, INCOMPLETE, NO_EVIDENCE, GATE_FAILED], signal },
    );
    // A module that is tested may print, too.
    const record = stdout.split('\n').findLast((text) => text.startsWith('{"run":'));
    if (record === undefined)
      throw new CulpritError(
        'invalid_suite',
        `verify: ${folder} holds no suite (exit code ${code}): promote a cause first`,
      );
    const { run, file, judgment, next, ...made } = JSON.parse(record) as EvalRecord;
    return {
      ...{ run, record: file, version: made.target.version ?? made.target.spec, judgment, next },
      failing: failingIn(judgment, file),
    };
  };
}

/** The suite of one cause, or the folder of all. */
async function pathOf(folder: string, { cause }: VerifyRequest): Promise<string> {
  if (cause === undefined) return folder;
  const suite = (await listedSuites(folder)).find((each) => each.cause === cause);
  if (suite !== undefined) return join(suite.path);
  throw new CulpritError(
    'invalid_input',
    `there is no suite of the cause ${cause.slice(0, 80)} in ${folder}: promote it first`,
  );
}

/** The cases that do not pass, with the reason of their attempts. */
function failingIn({ causes }: RunJudgment, file: string) {
  const attempts = [...attemptsIn(runLines(file), file)].filter(({ arm }) => arm === 'candidate');
  const made = Map.groupBy(attempts, (each) => `${each.cause} ${each.case}`);
  return causes.flatMap(({ cause, cases }) =>
    cases.flatMap(({ id, role, verdict }) => {
      if (verdict === 'pass') return [];
      const reason = reasonOf(made.get(`${cause} ${id}`) ?? []);
      const why = reason === null ? '' : `${reason.code}: ${reason.message}`;
      return { case: id, role, verdict, why };
    }),
  );
}
