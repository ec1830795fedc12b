import type { CheckUse } from '../../contract/check-use.ts';
import type { Failure } from '../../contract/failure.ts';
import type { Json } from '../../contract/json.ts';
import type { Trace } from '../../contract/trace.ts';
import { leavesOf } from '../../detect/ask.ts';
import { Run } from '../../detect/run/run.ts';
import { parseJson } from '../../text/json.ts';
import type { DetectOptions } from '../checks/subject.ts';
import { hasWord } from '../checks/tools/has-word.ts';

/** Passing traces that must agree, and their share. */
const FEWEST = 3;
const AGREE = 0.9;
/** Calls of a trace, and results before them, that are looked at. */
const MOST_CALLS = 10;
const MOST_RESULTS = 100;

/**
 * What a good run does, where passing traces show it: the field that the cause names takes its value from the result of
 * another tool; the tool that the cause names is called. Proposals only, which the caller proves.
 */
export function expectations(
  members: readonly Failure[],
  passing: readonly Trace[],
  options: DetectOptions,
): readonly CheckUse[] {
  const { tool, field } = namedBy(members);
  if (tool === null) return [];
  const runs = passing
    .map((trace) => new Run(trace, options))
    .filter(({ calls }) => calls.some(({ call }) => call.name === tool));
  if (runs.length < FEWEST) return [];
  const origin = field === null ? null : originOf(runs, tool, field);
  return [
    ...(origin === null || field === null
      ? []
      : [
          {
            check: 'argument_from',
            params: {
              ...{ tool, argument: field, from: origin.tool, field: origin.field },
              ...(origin.given > 0 && { orRequest: true }),
            },
            why: whyOf(tool, field, origin),
          },
        ]),
    {
      check: 'tool_called',
      params: { tool },
      why: `${runs.length} of ${passing.length} passing traces call \`${tool}\`.`,
    },
  ];
}

const whyOf = (tool: string, field: string, { tool: from, field: source, ...counts }: Origin) =>
  `In ${counts.agreeing} of ${counts.all} passing traces that call \`${tool}\`, \`${field}\` is a \`${source}\` from \`${from}\`${counts.given > 0 ? `; in ${counts.given} more the user gave it` : ''}.`;

/** Tool and field that the causes of most members name. */
function namedBy(members: readonly Failure[]): { tool: string | null; field: string | null } {
  const most = (kind: 'tool' | 'field', last: boolean): string | null => {
    const counts = new Map<string, number>();
    for (const { cause } of members) {
      const named = (cause?.statement.slots ?? []).filter((slot) => slot.kind === kind);
      const slot = last ? named.at(-1) : named[0];
      if (typeof slot?.value === 'string')
        counts.set(slot.value, (counts.get(slot.value) ?? 0) + 1);
    }
    const [first] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    return first !== undefined && 2 * first[1] > members.length ? first[0] : null;
  };
  return { tool: most('tool', false), field: most('field', true) };
}

interface Origin {
  readonly tool: string;
  readonly field: string;
  /** Traces that take it from there, of those in which the user did not give it. */
  readonly agreeing: number;
  readonly all: number;
  /** Traces in which the user gave it. */
  readonly given: number;
}

/** The tool and the field of its result from which runs take the argument of every call; null where they do not agree. */
function originOf(runs: readonly Run[], tool: string, argument: string): Origin | null {
  const counts = new Map<string, Pick<Origin, 'tool' | 'field' | 'agreeing'>>();
  let [all, given] = [0, 0];
  for (const run of runs) {
    const values = run.calls
      .filter(({ call }) => call.name === tool)
      .slice(0, MOST_CALLS)
      .map((site) => ({
        at: site.at,
        value:
          site.leaves.find(({ path }) => path.filter(isName).join('.') === argument)?.value ?? null,
      }));
    if (values.some(({ value }) => value === null || value === '')) continue;
    if (values.every(({ at, value }) => isGiven(run, at, String(value)))) {
      given += 1;
      continue;
    }
    all += 1;
    const shared = values
      .map(({ at, value }) => sourcesOf(run, at, String(value)))
      .reduce((a, b) => a.intersection(b));
    for (const key of shared) {
      const [from = '', field = ''] = key.split('\n');
      const known = counts.get(key) ?? { tool: from, field, agreeing: 0 };
      counts.set(key, { ...known, agreeing: known.agreeing + 1 });
    }
  }
  const [best] = [...counts.values()].sort(
    (a, b) =>
      b.agreeing - a.agreeing ||
      Number(b.field === argument) - Number(a.field === argument) ||
      (`${a.tool}.${a.field}` < `${b.tool}.${b.field}` ? -1 : 1),
  );
  return best === undefined || best.agreeing < FEWEST || best.agreeing < AGREE * all
    ? null
    : { ...best, all, given };
}

const isGiven = ({ messages }: Run, before: number, value: string): boolean =>
  messages.slice(0, before).some(({ role, content }) => role === 'user' && hasWord(content, value));

/** Tools and fields of their results that held the value before the call. */
function sourcesOf(run: Run, before: number, value: string): Set<string> {
  const found = new Set<string>();
  for (const { call, at, result } of run.calls.slice(0, MOST_RESULTS)) {
    if (at >= before || result === null || result.isError) continue;
    const parsed = parseJson(result.text);
    if (typeof parsed !== 'object' || parsed === null) continue;
    for (const { path, value: each } of leavesOf(parsed as Json)) {
      const field = path.findLast(isName);
      if (field !== undefined && String(each) === value) found.add(`${call.name}\n${field}`);
    }
  }
  return found;
}

const isName = (part: string | number): part is string => typeof part === 'string';
