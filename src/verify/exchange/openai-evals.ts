import { stringify } from 'yaml';
import type { ReadSuite } from '../suite/read-suites.ts';
import type { AnswerTest } from './answer-test.ts';
import { chatMessage, type Exported, jsonLines, type Loss, testedCases } from './exported.ts';

/** The templates of OpenAI Evals that need no model, by the name of the eval. */
const TEMPLATES = {
  match: { class: 'evals.elsuite.basic.match:Match', args: {} },
  includes: { class: 'evals.elsuite.basic.includes:Includes', args: {} },
  'includes-any-case': {
    class: 'evals.elsuite.basic.includes:Includes',
    args: { ignore_case: true },
  },
  json: { class: 'evals.elsuite.basic.json_validator:JsonValidator', args: {} },
} as const;

type Template = keyof typeof TEMPLATES;

interface Placed {
  readonly template: Template;
  /** One sample for each; a list passes where one of its texts does. */
  readonly ideals: readonly (readonly string[])[];
  readonly narrowed: string | null;
}

/**
 * A registry of OpenAI Evals: samples by template, and the file that names them. The program has no test that says what
 * an answer must not be. Source: the repository openai/evals.
 */
export function toOpenaiEvals(suites: readonly ReadSuite[]): Exported {
  const { cases, losses: before } = testedCases(suites);
  const losses: Loss[] = [...before];
  const samples = new Map<Template, object[]>();
  for (const each of cases) {
    let placedAny = false;
    for (const test of each.tests) {
      const placed = placeOf(test);
      if (typeof placed === 'string')
        losses.push({ case: each.id, check: test.kind, what: placed });
      else {
        placedAny = true;
        if (placed.narrowed !== null)
          losses.push({ case: each.id, check: test.kind, what: placed.narrowed });
        const list = samples.get(placed.template) ?? [];
        samples.set(placed.template, list);
        for (const ideal of placed.ideals)
          list.push({
            input: each.payload.messages.map(chatMessage),
            ideal,
            metadata: { case: each.id, role: each.entry.role },
          });
      }
    }
    if (!placedAny)
      losses.push({
        case: each.id,
        check: null,
        what: 'left out: none of its checks can run there',
      });
  }
  const registry = Object.fromEntries(
    [...samples.keys()].flatMap((name): readonly (readonly [string, object])[] => [
      [`culprit-${name}`, { id: `culprit-${name}.suite.v1`, metrics: ['accuracy'] }],
      [
        `culprit-${name}.suite.v1`,
        {
          class: TEMPLATES[name].class,
          args: { samples_jsonl: `culprit/${name}.jsonl`, ...TEMPLATES[name].args },
        },
      ],
    ]),
  );
  return {
    files: [
      { path: 'evals/culprit.yaml', text: stringify(registry, { lineWidth: 0 }) },
      ...[...samples].map(([name, lines]) => ({
        path: `data/culprit/${name}.jsonl`,
        text: jsonLines(lines),
      })),
    ],
    losses,
    next: `oaieval <model> culprit-${[...samples.keys()][0] ?? 'match'} --registry_path <this folder>`,
  };
}

/** Where a test goes, or why it goes nowhere. */
function placeOf(test: AnswerTest): Placed | string {
  if (test.negate) return 'OpenAI Evals has no negated match';
  switch (test.kind) {
    case 'contains':
      return {
        template: test.ignoreCase ? 'includes-any-case' : 'includes',
        ideals: test.match === 'any' ? [test.texts] : test.texts.map((text) => [text]),
        narrowed:
          test.match === 'all' && test.texts.length > 1
            ? `${test.texts.length} samples, one for each text`
            : null,
      };
    case 'starts_with':
      return { template: 'match', ideals: [[test.text]], narrowed: null };
    case 'equals':
    case 'one_of':
      return test.ignoreCase
        ? 'OpenAI Evals compares the beginning with case'
        : {
            template: 'match',
            ideals: [test.kind === 'equals' ? [test.text.trim()] : test.labels],
            narrowed: 'an answer that only begins so passes too',
          };
    case 'json':
      return { template: 'json', ideals: [[]], narrowed: null };
    case 'answered':
    case 'ends_with':
    case 'regex':
      return 'OpenAI Evals has no such match';
  }
}
