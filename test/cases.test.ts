import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Analysis } from '../src/contract/analysis.ts';
import type { Signal } from '../src/contract/signal.ts';
import type { Tier } from '../src/contract/tier.ts';
import { analyze } from '../src/culprit.ts';
import { statementText } from '../src/text/statement.ts';

const folder = resolve(import.meta.dirname, '../../shared/cases/causes');
const missing = !existsSync(folder);
if (missing) console.warn(`skipped: recorded cases are not in ${folder}`);

const CAUSES: ReadonlySet<Tier> = new Set(['proven', 'claimed', 'likely']);

interface Said {
  readonly id: string;
  readonly causes: readonly Signal[];
  readonly suspect: readonly Signal[];
  readonly cluster: string | null;
}

async function read(file: string): Promise<{ analysis: Analysis; said: readonly Said[] }> {
  const { analysis } = await analyze(readFileSync(join(folder, file)));
  const said = analysis.failures.map(({ traceId: id, signals, cluster }) => ({
    id,
    causes: signals.filter(({ tier }) => CAUSES.has(tier)),
    suspect: signals.filter(({ tier }) => tier === 'symptom'),
    cluster,
  }));
  return { analysis, said };
}

const kindOf = (id: string): string => id.replace(/(?:-\d+-times)?-\d+$/, '');

/** How many traces of each kind have a cause. */
function failed(said: readonly Said[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { id, causes } of said)
    if (causes.length > 0) counts[kindOf(id)] = (counts[kindOf(id)] ?? 0) + 1;
  return counts;
}

/** The first cause of the traces of one kind: detectors, and sentences, each once. */
const firstOf = (said: readonly Said[], kind: string): readonly (readonly [string, string])[] => [
  ...new Map(
    said
      .filter(({ id }) => kindOf(id) === kind)
      .map(({ causes: [first] }) => {
        const text = first === undefined ? '' : statementText(first.statement);
        return [text, [first?.detector ?? '', text] as const];
      }),
  ).values(),
];

describe.skipIf(missing)('cases of applications that nobody tuned for', () => {
  it('01: observations in the user role are results, and nobody is frustrated', async () => {
    const { said } = await read('01-observation-in-user-role.jsonl');
    expect(failed(said)).toEqual({ noprint: 4, badform: 4 });
    expect(said.every(({ suspect }) => suspect.length === 0)).toBe(true);
    expect(firstOf(said, 'badform')).toEqual([
      ['unreadable_reply', expect.stringMatching(/your reply holds neither/i)],
    ]);
    const clusters = new Set(said.map(({ id, cluster }) => `${kindOf(id)} ${cluster}`));
    expect(clusters.size).toBe(2);
  });

  it('02: a user who asked for a person and was put through is not even suspect', async () => {
    const { said } = await read('02-person-asked-for.jsonl');
    expect(failed(said)).toEqual({ stonewalled: 4 });
    expect(said).toHaveLength(4);
  });

  it('03: a rule of confirmation binds to the tool that it is about', async () => {
    const { said } = await read('03-confirmation-rule-of-another-tool.jsonl');
    expect(failed(said)).toEqual({ broken: 3 });
    expect(firstOf(said, 'broken')).toEqual([
      ['refusal_under_trigger', expect.stringContaining('`transfer_call`')],
    ]);
  });

  it('04: a tool that worked was offered; one that did not is named', async () => {
    const { said, analysis } = await read('04-tool-list-incomplete.jsonl');
    expect(failed(said)).toEqual({ unknown: 3 });
    expect(firstOf(said, 'unknown')).toEqual([
      ['tool_wrong_tool', expect.stringContaining('`reserve_extra`')],
    ]);
    expect(analysis.gaps).toContainEqual({ kind: 'incomplete_tool_list', count: 5 });
  });

  it('06: errors in the text of the assistant are errors of the tool that it names', async () => {
    const { said } = await read('06-tool-error-in-assistant-text.jsonl');
    expect(failed(said)).toEqual({ load_profile: 4, find_recipes: 4, build_query: 4 });
    expect(new Set(said.map(({ id, cluster }) => `${kindOf(id)} ${cluster}`)).size).toBe(3);
    for (const kind of ['load_profile', 'find_recipes', 'build_query'])
      expect(firstOf(said, kind)).toEqual([
        ['unrecovered_error', expect.stringContaining(`\`${kind}\` failed with “`)],
      ]);
  });

  it('07: an answer invented after an empty result is another cause than an honest one', async () => {
    const { said } = await read('07-empty-result-then-invented.jsonl');
    expect(failed(said)).toEqual({ invented: 5, honest: 3 });
    expect(new Set(firstOf(said, 'invented').map(([detector]) => detector))).toEqual(
      new Set(['invented_result']),
    );
    expect(new Set(firstOf(said, 'honest').map(([detector]) => detector))).toEqual(
      new Set(['nothing_found']),
    );
  });

  it('08: what the user agreed to was not done, and the tool is known from other runs', async () => {
    const { said } = await read('08-authorised-then-nothing.jsonl');
    expect(failed(said)).toEqual({ notdone: 4 });
    expect(firstOf(said, 'notdone')).toEqual([
      ['unfinished_task', expect.stringContaining('`change_address`')],
    ]);
  });

  it('10: a list mark is no sign', async () => {
    const { said } = await read('10-equation-after-a-list-mark.jsonl');
    expect(failed(said)).toEqual({ wrong: 3 });
  });

  it('12: the error that came back again and again is in the title', async () => {
    const { said } = await read('12-one-score-three-causes.jsonl');
    expect(failed(said)['halted']).toBe(6);
    expect(firstOf(said, 'halted')).toEqual([
      ['agent_loop', expect.stringMatching(/`search` .*“could not find/)],
    ]);
  });

  it('17: a question asked again after a yes', async () => {
    const { said } = await read('17-asks-again-after-yes.jsonl');
    expect(failed(said)).toEqual({ asks: 5 });
    expect(firstOf(said, 'asks').map(([detector]) => detector)).toEqual(['repeated_question']);
  });
});
