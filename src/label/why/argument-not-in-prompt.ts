import type { Why } from '../../contract/why.ts';
import { mentionOf, promptsOf, sentenceWith } from './prompt.ts';
import { quoted } from './quoted.ts';
import { argumentOf, type Subject } from './subject.ts';

/**
 * The prompt tells the model to use the tool and never says what to pass as the argument that got the wrong
 * value. Holds for any application because a model can only choose between similar ids by what it was told;
 * a prompt that does not name the tool leaves the choice to the tool's description, which is another check's.
 * Outranks the default layer: the sentence to change is quoted.
 */
export function argumentNotInPrompt({ category, exemplars, fields }: Subject): Why | null {
  if (!CATEGORIES.has(category)) return null;
  const found = exemplars.flatMap((exemplar) => {
    const argument = argumentOf(exemplar, fields);
    const prompts = promptsOf(exemplar.trace);
    return argument === null || prompts.length === 0 ? [] : [{ exemplar, argument, prompts }];
  });
  const silent = found.flatMap(({ exemplar, argument, prompts }) => {
    const tool = sentenceWith(prompts, mentionOf(argument.call.name));
    if (tool === null || sentenceWith(prompts, mentionOf(argument.name)) !== null) return [];
    return [{ trace: exemplar.trace, argument, tool }];
  });
  const [first] = silent;
  if (first === undefined || silent.length * 2 < found.length) return null;
  const { trace, argument, tool } = first;
  return {
    statement: `Likely because the prompt names \`${argument.call.name}\` but does not say what \`${argument.name}\` is`,
    layer: 'prompt',
    evidence: [quoted(trace, tool.path, tool.sentence, tool.spanId)],
  };
}

const CATEGORIES: ReadonlySet<string> = new Set(['tool_argument_mismatch', 'schema_violation']);
