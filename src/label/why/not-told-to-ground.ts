import type { Why } from '../../contract/why.ts';
import { isEnglish } from '../../text/english.ts';
import { sentences } from '../../text/sentences.ts';
import { promptsOf } from './prompt.ts';
import { quoted } from './quoted.ts';
import type { Subject } from './subject.ts';

const READ = 20_000;

/**
 * The answer says what no source says, and no recorded prompt, system or user, binds the answer to its
 * sources or forbids guessing. English prompts only; without a system prompt nothing is known. Outranks the
 * default layer, after the check of the passages: a model that was given no answer invents one in spite of
 * its prompt.
 */
export function notToldToGround({ category, exemplars }: Subject): Why | null {
  if (!CATEGORIES.has(category)) return null;
  const read = exemplars.flatMap(({ trace }) => {
    const prompts = promptsOf(trace);
    const hasSources =
      trace.documents.length > 0 || trace.messages.some(({ role }) => role === 'tool');
    const [prompt] = prompts;
    if (prompt === undefined || !hasSources || !isEnglish(prompt.text)) return [];
    const asked = trace.messages.filter(({ role }) => role === 'user');
    const texts = [...prompts.map(({ text }) => text), ...asked.map(({ content }) => content)];
    return [{ trace, prompt, isTold: texts.some((text) => GROUNDS.test(text.slice(0, READ))) }];
  });
  const silent = read.filter(({ isTold }) => !isTold);
  const [first] = silent;
  if (first === undefined || silent.length < read.length) return null;
  const { trace, prompt } = first;
  const shown = sentences(prompt.text, 100);
  const told = shown.find(({ text }) => /\banswer|respond|reply/i.test(text)) ?? shown[0];
  return {
    statement:
      'Likely because the prompt does not tell the model to take its answer from the sources',
    layer: 'prompt',
    evidence: [quoted(trace, prompt.path, told?.text ?? prompt.text, prompt.spanId)],
  };
}

const CATEGORIES: ReadonlySet<string> = new Set(['groundedness_miss', 'hallucinated_entity']);

const SOURCES =
  '(?:context|passages?|documents?|excerpts?|text|sources?|articles?|results?|information|data|facts?|evidence|provided|given|below|above|returns?|tools?|policy|knowledge)';

/** Binds the answer to sources, asks for citations, or forbids guessing. */
const GROUNDS = new RegExp(
  [
    `\\b(?:only|solely|exclusively|strictly|must)\\b[^.\\n]{0,80}\\b${SOURCES}\\b`,
    `\\b${SOURCES}\\b[^.\\n]{0,60}\\b(?:only|solely|exclusively|alone)\\b`,
    `\\b(?:bas(?:e|ed|ing)|according|ground(?:ed)?|cit(?:e|ing)|stick|rely|supported|using|use|from)\\b[^.\\n]{0,50}\\b(?:context|passages?|documents?|excerpts?|sources?|articles?|results|provided|given|below|above)\\b`,
    `\\b(?:do not|don['’]t|never|avoid|without|not to)\\b[^.\\n]{0,40}\\b(?:mak(?:e|ing) (?:\\w+ ){0,3}up|invent|fabricat|guess|hallucinat|assum|speculat|outside|prior knowledge)`,
    `\\b(?:say|admit|answer|reply|respond)\\b[^.\\n]{0,40}\\b(?:don['’]t|do not|cannot|can['’]t) (?:know|find|answer)\\b`,
  ].join('|'),
  'i',
);
