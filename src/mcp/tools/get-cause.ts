import * as z from 'zod';
import type { Cluster } from '../../contract/cluster.ts';
import { type CauseFacts, causeFacts } from '../../handoff/handoff.ts';
import type { Fields } from '../answer/answer.ts';
import { recorded } from '../answer/recorded.ts';
import type { ListedProposal, TraceView } from '../backend.ts';
import { defineTool, type Tool } from '../tool.ts';
import { cursor } from './cursor.ts';
import { causeOf, reportOf } from './find-cause.ts';
import { line, name, nameOrNull, traceName } from './names.ts';

const EXEMPLARS = 6;
const EVIDENCE = 3;
const QUOTE = 600;
const STEPS = 3_000;

export const getCause: Tool = defineTool({
  name: 'get_cause',
  description:
    'One cause: why it happens, the prompt and the tool definitions behind it as recorded (search your code for them), quotes, a failing trace beside the most similar passing one, and what is expected.',
  input: z.strictObject({ cause: z.string().min(1).max(500).describe('id or rank'), cursor }),
  isReadOnly: true,
  async run({ cause }, { backend }) {
    const report = await reportOf(backend);
    const cluster = causeOf(report, cause);
    const facts = causeFacts(report, cluster.id)!;
    const [suites, proposals, example] = await Promise.all([
      backend.suites(),
      backend.proposals(),
      firstTrace(cluster, (id) => backend.trace(id)),
    ]);
    const suite = suites.find((each) => each.cause === cluster.id) ?? null;
    const own = proposals.filter((each) => each.cause === cluster.id);
    const command = backend.command({
      kind: suite === null ? 'promote' : 'verify',
      cause: cluster.id,
    });
    return {
      facts: {
        ...{ id: cluster.id, rank: cluster.rank, title: name(cluster.title) },
        measures: facts.measures.map((each) => name(each, 500)),
        ...{ category: cluster.category, layer: cluster.layer },
        usuallyFixedIn: cluster.layer === 'unknown' ? cluster.usualLayer : null,
        expected: facts.expected,
        traces: cluster.exemplars.slice(0, EXEMPLARS).map((id) => traceName(id)),
        suite: suite?.file ?? null,
      },
      list: {
        name: 'parts',
        items: [
          ...facts.reasons.map((reason) => ({ part: 'reason', text: name(reason, 500) })),
          ...definitions(cluster, example),
          ...evidence(cluster),
          ...contrast(facts),
          ...own.map(shownProposal),
        ],
      },
      next:
        suite === null
          ? {
              tool: 'promote',
              arguments: { cause: cluster.id },
              ...(command !== null && { command }),
              why: 'make a suite of this cause before the fix, so that the fix can be proved',
            }
          : {
              tool: 'verify',
              arguments: { cause: cluster.id },
              ...(command !== null && { command }),
              why: 'after a fix: run the suite of this cause',
            },
    };
  },
});

/** The first exemplar that can be read. */
async function firstTrace(
  { exemplars }: Cluster,
  traceOf: (id: string) => Promise<TraceView | null>,
): Promise<TraceView | null> {
  for (const id of exemplars.slice(0, EXEMPLARS)) {
    const found = await traceOf(id);
    if (found !== null) return found;
  }
  return null;
}

/** The prompt of an exemplar, and the definitions of the tools that the cause is about. */
function definitions(cluster: Cluster, trace: TraceView | null): readonly Fields[] {
  if (trace === null) return [];
  const prompt = trace.messages.find(({ role }) => role === 'system');
  const about = toolsOf(cluster, trace);
  return [
    prompt === undefined
      ? {
          part: 'prompt',
          name: nameOrNull(trace.promptName),
          missing: 'no system prompt is recorded',
        }
      : {
          part: 'prompt',
          name: nameOrNull(trace.promptName),
          version: nameOrNull(trace.promptVersion),
          trace: traceName(trace.id),
          text: recorded(prompt.content),
        },
    ...trace.tools
      .filter((tool) => about.has(tool.name))
      .map((tool) => ({
        part: 'tool',
        name: name(tool.name),
        text: recorded(JSON.stringify(tool, null, 1)),
      })),
  ];
}

/** Tools that the title, the reasons or the quotes of a cause name. */
function toolsOf(cluster: Cluster, trace: TraceView): ReadonlySet<string> {
  const named = [cluster.title, ...cluster.why.map(({ statement }) => statement)].join(' ');
  const quoted = cluster.evidence.flatMap(({ traceId, path }) => {
    if (traceId !== trace.id) return [];
    const [, message, call] = /^\/messages\/(\d+)\/toolCalls\/(\d+)/.exec(path) ?? [];
    return trace.messages[Number(message)]?.toolCalls[Number(call)]?.name ?? [];
  });
  return new Set([
    ...quoted,
    ...trace.tools.flatMap((tool) => (named.includes(`\`${tool.name}\``) ? [tool.name] : [])),
  ]);
}

const evidence = ({ evidence: quotes }: Cluster): readonly Fields[] =>
  [...new Map(quotes.map((each) => [each.shown, each])).values()]
    .slice(0, EVIDENCE)
    .map(({ traceId, path, shown }) => ({
      part: 'quote',
      trace: traceName(traceId),
      path: name(path),
      text: recorded(shown, QUOTE),
    }));

const contrast = ({ pair }: CauseFacts): readonly Fields[] =>
  pair === null
    ? []
    : [
        {
          part: 'failing steps',
          trace: traceName(pair.failing),
          firstDifference: nameOrNull(pair.difference),
          text: recorded(pair.failingSteps, STEPS),
        },
        {
          part: 'passing steps',
          trace: traceName(pair.passing),
          text: recorded(pair.passingSteps, STEPS),
        },
      ];

const shownProposal = (proposal: ListedProposal): Fields => ({
  part: 'proposal, not decided',
  ...{ by: line(proposal.by), at: proposal.at, reason: name(proposal.reason, 1_000) },
  ...{ title: nameOrNull(proposal.title ?? null), category: nameOrNull(proposal.category ?? null) },
  ...{ severity: proposal.severity ?? null, layer: proposal.layer ?? null },
  ...(proposal.fix !== undefined && { fix: recorded(proposal.fix) }),
});
