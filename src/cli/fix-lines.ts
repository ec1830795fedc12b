import type { FixHypothesis, FixTrial, FixVerdict } from '../contract/fix.ts';
import type { Fixes } from '../culprit.ts';
import { count, dollars, plural } from '../text/format.ts';
import { plain } from '../text/printable.ts';
import { shellWord } from '../text/shell-word.ts';
import type { TriedFix } from '../verify/verify.ts';
import { GATE_FAILED, INCOMPLETE, NO_EVIDENCE } from './exit-code.ts';
import type { FixOptions } from './fix-options.ts';
import { style } from './style.ts';
import type { TrialResult } from './try-on-target.ts';
import { typable } from './typable.ts';
import { wrapHanging } from './wrap.ts';

export interface ShownFixes {
  readonly found: Fixes;
  /** Null where nothing was tried. */
  readonly trial: TrialResult | null;
  /** Why nothing was tried; null where something was. */
  readonly notTried: string | null;
  /** File with what was tried before. */
  readonly memory: string;
  readonly options: FixOptions;
}

/** The same with the files that the patch and the report went to; null where none was written. */
type Written = ShownFixes & { readonly patch: string | null; readonly report: string | null };

/** By the best of the trials; a hypothesis that was only asked for is an answer. */
export function fixExitCode({ found, trial, options }: ShownFixes): number {
  if (trial === null)
    return found.proposals.length > 0 && options.target === undefined ? 0 : INCOMPLETE;
  const verdicts = new Set(trial.tried.map(({ verdict }) => verdict));
  if (verdicts.has('works')) return 0;
  if (verdicts.has('incomplete')) return INCOMPLETE;
  return verdicts.has('no_evidence') ? NO_EVIDENCE : GATE_FAILED;
}

/** What `--json` prints. */
export const fixRecord = (shown: Written): object => {
  const { found, trial, notTried, memory, patch, report } = shown;
  const { id, title, category } = found.cluster;
  return {
    cause: { id, title, category },
    suite: trial === null ? null : trial.suite.file,
    cases: casesOf(found),
    hypotheses: found.proposals.map(({ hypothesis }) => {
      const tried = trial?.tried.find((each) => each.hypothesis.id === hypothesis.id);
      return { ...hypothesis, trial: tried === undefined ? null : recordOf(tried, trial!) };
    }),
    remembered: found.remembered,
    ...{ notTried, problem: found.problem, used: usedBy(trial) },
    ...{ memory, patch, report },
    next: nextOf(shown),
  };
};

const recordOf = (
  { verdict, sentence, needed, header, result }: TriedFix,
  { pathOf }: TrialResult,
): object => ({
  ...{ verdict, sentence, needed, run: header.id, file: pathOf(header) },
  judgment: result.judgment,
});

/** The cases that a fix should turn: they fail now. */
function casesOf({ promotion: { suite } }: Fixes): {
  readonly guards: readonly string[];
  readonly slice: readonly string[];
} {
  const of = (wanted: string): readonly string[] =>
    suite.cases
      .filter(({ role, retired, spent }) => role === wanted && !retired && spent === undefined)
      .map((each) => each.id);
  return { guards: of('guard'), slice: of('slice') };
}

const usedBy = (
  trial: TrialResult | null,
): { readonly calls: number; readonly tokens: number; readonly dollars: number } =>
  (trial?.tried ?? []).reduce(
    (sum, { result: { spent } }) => ({
      calls: sum.calls + spent.calls,
      tokens: sum.tokens + spent.tokens,
      dollars: sum.dollars + spent.dollars,
    }),
    { calls: 0, tokens: 0, dollars: 0 },
  );

/** The cause, each hypothesis with what came of it, what was used, and what to do. */
export function fixLines(shown: Written, width: number): string {
  const { found, trial, notTried, memory, patch, report } = shown;
  const { cluster, proposals, remembered, problem } = found;
  const { guards, slice } = casesOf(found);
  const used = usedBy(trial);
  const unread = trial === null ? [] : proposals.slice(trial.tried.length);
  const text = (name: string, line: string): string => row(name, line, width);
  const lines = [
    '',
    `${style('cyan', cluster.id)}  ${style('bold', plain(cluster.title))}`,
    ...(trial === null ? proposals : []).flatMap(({ hypothesis }) => [
      '',
      ...hypothesisLines(hypothesis, null, width),
    ]),
    ...(trial?.tried ?? []).flatMap((each) => [
      '',
      ...hypothesisLines(each.hypothesis, each, width),
      text('record', style('cyan', plain(trial!.pathOf(each.header)))),
    ]),
    ...remembered.flatMap((each) => ['', ...rememberedLines(each, width)]),
    '',
    ...(proposals.length + remembered.length === 0
      ? [text('note', style('yellow', nothingLine(shown)))]
      : []),
    ...(problem === null
      ? []
      : [text('note', style('yellow', `the model proposed nothing: ${plain(problem)}`))]),
    ...(notTried === null || proposals.length === 0
      ? []
      : [text('note', style('yellow', `a hypothesis, not tried: ${notTried}`))]),
    ...(unread.length === 0
      ? []
      : [text('note', `${plural(unread.length, 'more hypothesis', 'more hypotheses')} not tried`)]),
    ...(proposals.length === 0
      ? []
      : [
          text(
            'cases',
            `should turn: ${plural(guards.length, 'guard')} and ${slice.length} of the slice`,
          ),
        ]),
    ...(trial === null
      ? []
      : [
          text('suite', `${style('cyan', plain(trial.suite.file))}${trial.isNew ? ' (new)' : ''}`),
          ...(trial.suite.reused.length === 0
            ? []
            : [
                text(
                  'note',
                  style(
                    'yellow',
                    `${plural(trial.suite.reused.length, 'slice case')} were used again: no fresh proof`,
                  ),
                ),
              ]),
          ...(trial.spends === null ? [] : [text('slice', 'spent: the suite says so')]),
          text('used', usedLine(used)),
          text('memory', style('cyan', plain(memory))),
        ]),
    ...(patch === null ? [] : [text('patch', style('cyan', plain(patch)))]),
    ...(report === null ? [] : [text('report', style('cyan', plain(report)))]),
    `${'next'.padEnd(NAME)}${nextOf(shown)}`,
    '',
  ];
  return lines.join('\n');
}

const NAME = 12;
const INDENT = ' '.repeat(NAME);

const row = (name: string, text: string, width: number): string =>
  `${name.padEnd(NAME)}${wrapHanging(text, width, INDENT)}`;

const usedLine = ({ calls, tokens, dollars: cost }: ReturnType<typeof usedBy>): string =>
  [
    plural(calls, 'call'),
    ...(tokens > 0 ? [`${count(tokens)} tokens`] : []),
    ...(cost > 0 ? [dollars(cost)] : []),
  ].join(', ');

const WORDS: Readonly<Record<FixVerdict, string>> = {
  works: 'works',
  relocated: 'relocated',
  refuted: 'refuted',
  no_evidence: 'no evidence',
  incomplete: 'incomplete',
};

const COLORS: Readonly<Record<FixVerdict, 'green' | 'red' | 'yellow'>> = {
  works: 'green',
  relocated: 'red',
  refuted: 'red',
  no_evidence: 'yellow',
  incomplete: 'yellow',
};

function hypothesisLines(
  { claim, layer, cost, diff, proposedBy }: FixHypothesis,
  tried: Pick<TriedFix, 'verdict' | 'sentence' | 'needed'> | null,
  width: number,
): string[] {
  const text = (name: string, line: string): string => row(name, line, width);
  const word = tried === null ? 'hypothesis' : WORDS[tried.verdict];
  const color = tried === null ? 'yellow' : COLORS[tried.verdict];
  const more =
    tried?.needed == null ? '' : `; about ${plural(tried.needed, 'more slice case')} needed`;
  return [
    `${style(['bold', color], word.padEnd(NAME))}${wrapHanging(plain(claim.text), width, INDENT)}`,
    ...(tried === null ? [] : [text('result', `${plain(tried.sentence)}${more}`)]),
    text(
      'because',
      `${claim.state}${claim.finding === null ? '' : `: ${plain(withoutLikely(claim.finding))}`}`,
    ),
    ...(claim.quote === null
      ? []
      : [text('', style('dim', `“${plain(claim.quote.quote)}” (${plain(claim.quote.traceId)})`))]),
    text(
      'fix',
      `in ${layer}, ${plural(cost, 'point')}, by ${proposedBy === 'template' ? 'the template of the category' : plain(proposedBy)}`,
    ),
    ...diff.trimEnd().split('\n').map(diffLine),
  ];
}

const withoutLikely = (finding: string): string => finding.replace(/^Likely because (?:of )?/, '');

/** A line of a unified diff. */
function diffLine(line: string): string {
  const shown = `  ${line}`;
  if (/^(?:---|\+\+\+|@@)/.test(line)) return style('dim', shown);
  if (line.startsWith('+')) return style('green', shown);
  return line.startsWith('-') ? style('red', shown) : shown;
}

const rememberedLines = (
  { hypothesis, verdict, sentence, run, at }: FixTrial,
  width: number,
): string[] => [
  `${style('dim', `${WORDS[verdict]} before`)}  ${wrapHanging(plain(hypothesis.claim.text), width, INDENT)}`,
  row(
    'result',
    style('dim', `${plain(sentence)} (${run}, ${at.slice(0, 10)}); not tried again`),
    width,
  ),
];

function nothingLine({ found: { cluster }, options }: ShownFixes): string {
  return options.labelModel === undefined
    ? `no fix template for ${cluster.category.replaceAll('_', ' ')} that changes the prompt or a tool: a model may know one (--label-model)`
    : 'there is no hypothesis';
}

/** What to do, in one sentence. */
function nextOf(shown: ShownFixes & { readonly patch?: string | null }): string {
  const { found, trial, options, patch = null, notTried } = shown;
  const { proposals, remembered, cluster } = found;
  const suite = trial?.suite.file ?? options.suite;
  const best = trial?.tried.find(({ verdict }) => verdict === 'works') ?? null;
  if (best !== null) {
    const apply =
      patch === null
        ? 'make the change'
        : `${typable(`patch -p1 < ${shellWord(patch)}`)} makes the change`;
    const files = [
      ...(options.prompt === undefined ? [] : ['--prompt', shellWord(options.prompt)]),
      ...(options.tools === undefined ? [] : ['--tools', shellWord(options.tools)]),
    ];
    const line = ['culprit eval', shellWord(suite), '--target', shellWord(options.target!)];
    return `${apply}; then ${typable([...line, ...files].join(' '))} keeps it fixed`;
  }
  if (trial !== null) {
    const last = trial.tried.at(-1)!;
    switch (last.verdict) {
      case 'incomplete':
        return last.result.stopped === null
          ? 'make the target answer every case, then run this again'
          : `run this again: ${last.result.stopped}`;
      case 'no_evidence':
        return last.needed === null
          ? 'make the checks or the target steadier, or accept that this cannot be decided'
          : 'analyze more traces: the suite takes their failures as new slice cases';
      case 'relocated':
        return 'the change only moved the failures: change more than one place, or ask a model with --label-model';
      default:
        return options.labelModel === undefined
          ? 'change something else, or ask a model with --label-model'
          : 'run this again: the model will see what did not work';
    }
  }
  if (proposals.length > 0)
    return notTried?.includes('culprit checks') === true
      ? 'add a check, then run this again'
      : `${typable(`culprit fix <files> ${cluster.id} --prompt prompt.txt --target "cmd:node agent.js"`)} tries it on the suite of the cause`;
  return remembered.length > 0
    ? 'change the prompt or the tools by hand, or ask a model with --label-model'
    : typable(`culprit show ${cluster.id} --prompt`).concat(' gives the cause to a coding agent');
}
