import type { CheckUse } from '../../contract/check-use.ts';
import type { Json, JsonObject } from '../../contract/json.ts';
import { isList, isRecord } from '../../text/json.ts';
import { CheckFault, prepareCheck } from '../checks/use-check.ts';
import type { Loss } from './exported.ts';
import {
  answerOf,
  conversationOf,
  type Incoming,
  type IncomingCase,
  textOf,
  userMessage,
} from './incoming.ts';

/** A pair of prompt and test makes a case; more are named and left out. */
const MOST_CASES = 10_000;

export const isPromptfooConfig = (value: Json): value is JsonObject =>
  isRecord(value) && 'tests' in value && ('prompts' in value || 'providers' in value);

export const isPromptfooResults = (value: Json): value is JsonObject =>
  isRecord(value) && isRecord(value['results']) && isList(value['results']['results']);

/** A configuration of promptfoo: each prompt with each test is a case. Source: promptfoo’s configuration reference. */
export function fromPromptfooConfig(config: JsonObject): Incoming {
  const losses: Loss[] = [];
  const say = (name: string | null, what: string, check: string | null = null) =>
    losses.push({ case: name, check, what });
  const prompts = listOf(config['prompts']).flatMap((prompt) => {
    const raw = isRecord(prompt) ? prompt['raw'] : prompt;
    if (
      typeof raw === 'string' &&
      !/^(?:file|https?):\/\/|\.(?:txt|json|js|py|md|ya?ml)$/.test(raw)
    )
      return [raw];
    say(null, `the prompt ${textOf(prompt)} is a file: cases get the variables without it`);
    return [];
  });
  const cases: IncomingCase[] = [];
  const shared = isRecord(config['defaultTest']) ? config['defaultTest'] : {};
  const tests = listOf(config['tests']);
  for (const [index, test] of tests.entries()) {
    if (!isRecord(test)) {
      say(null, `the tests in ${textOf(test)} are not read: import that file`);
      continue;
    }
    const name =
      typeof test['description'] === 'string' ? test['description'] : `test ${index + 1}`;
    const vars = { ...recordOf(shared['vars']), ...recordOf(test['vars']) };
    const checks = checksOf(
      [...listOf(shared['assert']), ...listOf(test['assert'])],
      vars,
      (check, what) => say(name, what, check),
    );
    if (test['threshold'] !== undefined) say(name, 'its threshold: here every check has to pass');
    for (const prompt of prompts.length === 0 ? [null] : prompts) {
      if (cases.length === MOST_CASES) {
        say(name, `left out: over ${MOST_CASES} cases`);
        break;
      }
      const text = prompt === null ? varsText(vars) : filled(prompt, vars);
      if (/\{[{%]/.test(text)) say(name, 'templates other than {{name}} stay as they are');
      cases.push({
        name,
        messages: conversationOf(text).messages,
        ...{ answer: null, passed: null, reference: null, checks },
      });
    }
  }
  return { format: 'promptfoo configuration', cases, losses };
}

/** What `promptfoo eval --output results.json` writes: each result is a case with its recorded answer. */
export function fromPromptfooResults(file: JsonObject): Incoming {
  const losses: Loss[] = [];
  const { results } = file['results'] as { readonly results: readonly Json[] };
  const cases = results.filter(isRecord).map((result, index): IncomingCase => {
    const test = recordOf(result['testCase']);
    const name =
      typeof test['description'] === 'string' ? test['description'] : `result ${index + 1}`;
    const vars = recordOf(result['vars'] ?? test['vars']);
    const prompt = recordOf(result['prompt'])['raw'];
    const response = recordOf(result['response']);
    const isError = typeof result['error'] === 'string' && response['output'] === undefined;
    return {
      name,
      messages:
        typeof prompt === 'string'
          ? conversationOf(prompt).messages
          : [userMessage(varsText(vars))],
      answer: isError ? null : answerOf(response['output']),
      passed: typeof result['success'] === 'boolean' ? result['success'] : null,
      reference: null,
      checks: checksOf(listOf(test['assert']), vars, (check, what) =>
        losses.push({ case: name, check, what }),
      ),
    };
  });
  return { format: 'promptfoo results', cases, losses };
}

/** The assertions that a check of ours can carry; `lose` is told of every other one, and of what a check leaves out. */
export function checksOf(
  assertions: readonly Json[],
  vars: JsonObject,
  lose: (assertion: string, what: string) => void,
): CheckUse[] {
  return assertions.flatMap((each): CheckUse[] => {
    const given = recordOf(each);
    const type = textOf(given['type']);
    const negate = type.startsWith('not-');
    const name = negate ? type.slice('not-'.length) : type;
    const value = rendered(given['value'], vars);
    if (given['weight'] !== undefined) lose(type, 'its weight: here every check has to pass');
    const found = checkFor(name, value, given['threshold']);
    if (typeof found === 'string') {
      lose(type, found);
      return [];
    }
    if (found.narrowed !== undefined) lose(type, found.narrowed);
    const use: CheckUse = { ...found.use, ...(negate && { negate: true }) };
    try {
      prepareCheck(use);
      return [use];
    } catch (error) {
      if (!(error instanceof CheckFault)) throw error;
      lose(type, `not imported: ${error.message}`);
      return [];
    }
  });
}

type FoundCheck = { readonly use: CheckUse; readonly narrowed?: string };

const TRIMMED = 'white space around the answer does not count here';

/** The check that means an assertion, or why there is none. */
function checkFor(
  name: string,
  value: Json | undefined,
  threshold: Json | undefined,
): FoundCheck | string {
  const params = (check: string, given: object): FoundCheck => ({
    use: { check, params: given as NonNullable<CheckUse['params']> },
  });
  const ignoreCase = name.startsWith('icontains');
  switch (name) {
    case 'contains':
    case 'icontains':
      return params('contains', { texts: [textOf(value)], ignoreCase });
    case 'contains-all':
    case 'icontains-all':
    case 'contains-any':
    case 'icontains-any': {
      const texts = isList(value)
        ? value.map(textOf)
        : textOf(value)
            .split(',')
            .map((text) => text.trim());
      return params('contains', { texts, match: name.endsWith('all') ? 'all' : 'any', ignoreCase });
    }
    case 'equals':
      return typeof value === 'object' && value !== null
        ? params('json_equals', { value })
        : { ...params('equals', { text: textOf(value) }), narrowed: TRIMMED };
    case 'starts-with':
    case 'ends-with':
      return { ...params(name.replace('-', '_'), { text: textOf(value) }), narrowed: TRIMMED };
    case 'regex':
      return params('regex', { pattern: textOf(value) });
    case 'is-json':
      return value === undefined
        ? params('json', {})
        : isRecord(value)
          ? params('json_schema', { schema: value })
          : 'its schema is in a file: write it as the check json_schema';
    case 'is-refusal':
      return params('refusal', { expected: true });
    case 'latency':
    case 'cost':
      return typeof threshold === 'number'
        ? params(name, { most: threshold })
        : 'it has no threshold';
    case 'llm-rubric':
    case 'factuality':
    case 'model-graded-closedqa':
      return {
        use: {
          check: 'judge',
          params: { failure: `The answer does not meet this: ${textOf(value)}` },
          provisional: true,
        },
        narrowed: 'imported as a provisional judge, which decides nothing',
      };
    case 'javascript':
    case 'python':
    case 'ruby':
    case 'webhook':
      return 'it runs code of yours: write that as the check script';
    default:
      return 'there is no check that means the same';
  }
}

const NAME = /\{\{\s{0,10}([A-Za-z_][A-Za-z0-9_]{0,99})\s{0,10}\}\}/g;

/** Names of variables filled in; every other template stays. */
const filled = (text: string, vars: JsonObject): string =>
  text.replace(NAME, (mark, name: string) =>
    Object.hasOwn(vars, name) ? textOf(vars[name]) : mark,
  );

const rendered = (value: Json | undefined, vars: JsonObject): Json | undefined =>
  typeof value === 'string'
    ? filled(value, vars)
    : isList(value)
      ? value.map((item) => (typeof item === 'string' ? filled(item, vars) : item))
      : value;

/** The only variable, or all as JSON. */
function varsText(vars: JsonObject): string {
  const values = Object.values(vars);
  return values.length === 1 ? textOf(values[0]) : JSON.stringify(vars);
}

const listOf = (value: Json | undefined): readonly Json[] =>
  value === undefined || value === null ? [] : isList(value) ? value : [value];

const recordOf = (value: Json | undefined): JsonObject => (isRecord(value) ? value : {});
