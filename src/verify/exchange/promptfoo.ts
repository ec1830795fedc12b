import { stringify } from 'yaml';
import type { ReadSuite } from '../suite/read-suites.ts';
import type { AnswerTest } from './answer-test.ts';
import { caseMetadata, chatMessage, type Exported, testedCases } from './exported.ts';

/** Answers with what was recorded, so that guards are red and controls green before a real provider is named. */
const PROVIDER = `// Answers with what was recorded. Name your own provider in promptfooconfig.yaml instead.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const answers = JSON.parse(readFileSync(join(__dirname, 'recorded.json'), 'utf8'));

module.exports = class Recorded {
  id() {
    return 'recorded';
  }
  async callApi(prompt, context) {
    return { output: answers[context.vars.case] };
  }
};
`;

/**
 * A configuration of promptfoo: one test per case, its conversation as a chat prompt in JSON.
 * Source: promptfoo’s configuration reference, checked with the program.
 */
export function toPromptfoo(suites: readonly ReadSuite[]): Exported {
  const { cases, losses } = testedCases(suites);
  const config = {
    description: 'Cases of root causes, made by culprit suite export',
    prompts: [{ raw: '{{messages}}', label: 'conversation' }],
    providers: ['file://recorded.cjs'],
    tests: cases.map((each) => ({
      description: each.id,
      vars: {
        case: each.id,
        messages: inert(JSON.stringify(each.payload.messages.map(chatMessage))),
      },
      metadata: { case: each.entry.id, role: each.entry.role, cause: each.read.suite.cause.id },
      assert: each.tests.map(assertion),
    })),
  };
  const recorded = Object.fromEntries(
    cases.map(({ id, payload }) => [id, payload.recorded.output]),
  );
  const about = cases.map((each) => caseMetadata(each));
  return {
    files: [
      {
        path: 'promptfooconfig.yaml',
        text: `# yaml-language-server: $schema=https://promptfoo.dev/config-schema.json\n${stringify(config, { lineWidth: 0, aliasDuplicateObjects: false })}`,
      },
      { path: 'recorded.cjs', text: PROVIDER },
      { path: 'recorded.json', text: `${JSON.stringify(recorded, null, 1)}\n` },
      { path: 'cases.json', text: `${JSON.stringify(about, null, 1)}\n` },
    ],
    losses,
    next: 'npx promptfoo eval -c promptfooconfig.yaml; it judges the recorded answers until you name your provider',
  };
}

/** JSON in which promptfoo’s templates find nothing to fill: an opening brace before another mark is escaped. */
const inert = (json: string): string => json.replace(/\{(?=[{%#])/g, '\\u007b');

/** promptfoo fills templates in values and opens files that they name. */
const isPlain = (text: string): boolean => !/\{[{%#]|^(?:file|package):/.test(text);

function assertion(test: AnswerTest): object {
  const native = nativeAssertion(test);
  if (native !== null) return { ...native, type: `${test.negate ? 'not-' : ''}${native.type}` };
  const code = codeOf(test);
  return { type: 'javascript', value: test.negate ? `!(${code})` : code };
}

/** The assertion of promptfoo that means the same. */
function nativeAssertion(
  test: AnswerTest,
): { readonly type: string; readonly value: unknown } | null {
  if (test.kind !== 'contains' || !test.texts.every(isPlain)) return null;
  const type = test.ignoreCase ? 'icontains' : 'contains';
  return test.texts.length === 1
    ? { type, value: test.texts[0] }
    : { type: `${type}-${test.match}`, value: test.texts };
}

/** A JavaScript expression over `output` where promptfoo’s own assertion differs, mostly in white space. */
function codeOf(test: AnswerTest): string {
  const lower = 'ignoreCase' in test && test.ignoreCase ? '.toLowerCase()' : '';
  const fold = (text: string): string => (lower === '' ? text : text.toLowerCase());
  switch (test.kind) {
    case 'answered':
      return 'String(output).trim() !== ""';
    case 'contains':
      return `${literal(test.texts.map(fold))}.${test.match === 'all' ? 'every' : 'some'}((text) => String(output)${lower}.includes(text))`;
    case 'equals':
      return `String(output).trim()${lower} === ${literal(fold(test.text.trim()))}`;
    case 'starts_with':
      return `String(output).trimStart().startsWith(${literal(test.text)})`;
    case 'ends_with':
      return `String(output).trimEnd().endsWith(${literal(test.text)})`;
    case 'one_of':
      return `${literal(test.labels.map(fold))}.includes(String(output).trim().replace(/\\.$/, "")${lower})`;
    case 'regex':
      return `new RegExp(${literal(test.pattern)}, "u").test(String(output))`;
    case 'json':
      return '(() => { try { JSON.parse(String(output)); return true; } catch { return false; } })()';
  }
}

/** On one line: promptfoo takes code of several lines for a function body. */
const literal = (value: unknown): string =>
  inert(JSON.stringify(value)).replace(/[\u2028\u2029]/g, (mark) =>
    mark === '\u2028' ? '\\u2028' : '\\u2029',
  );
