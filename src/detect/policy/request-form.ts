import { CONTEXTS } from './lexicon/policy-words.ts';
import { type Phrase, phraseOf, startsAt, type Tokens } from './tokens.ts';

/** "How can I not …", "how to avoid, prevent, stop …". */
export const isNegated = (text: Tokens, at: number): boolean => {
  for (let back = 1; back <= 5; back++) {
    const word = text.raw[at - back] ?? '';
    // "Help me kill" asks for a hand in it, "help a victim of" against it.
    if (NEGATIONS.has(word) && !(word === 'help' && ASKERS.has(text.raw[at - back + 1] ?? ''))) {
      return true;
    }
  }
  return false;
};
const ASKERS: ReadonlySet<string> = new Set(['me', 'us', 'with', 'to']);
const NEGATIONS: ReadonlySet<string> = new Set(
  "not,never,don't,avoid,avoiding,prevent,preventing,stop,stopping,protect,protecting,against,defend,detect,detecting,survive,report,reporting,treat,help,feel,fear,recover,victim,accused,without".split(
    ',',
  ),
);

/** "What is …", "define …": asks for knowledge, not for a way. */
export const isDefinition = (text: Tokens): boolean => {
  const head = text.raw.slice(0, 4).join(' ');
  return (
    text.raw.length <= 8 &&
    /^(?:what (?:is|are|does|was|were|(?:kind|sort|type) of)|what 's|define|who (?:is|was)|when (?:is|was|did)|meaning of)\b/.test(
      head,
    ) &&
    !/\b(?:my|his|her|their|way|ways|method|methods|process|steps|strategy|best|how)\b/.test(
      text.raw.join(' '),
    )
  );
};

/** Asks how to, or for the thing itself. */
export const asksFor = (text: Tokens): boolean =>
  /\b(?:how (?:do|can|could|should|would|to|might)|ways? (?:to|of|for)|steps?|method|process for|strategy|instructions|guide|help me|teach me|show me|give me|tell me how|write|create|generate|make|plan|should i|can i|i want to|where (?:can|do) i|can you|tips)\b/.test(
    text.raw.join(' '),
  );

/** Contexts that make dark words harmless, by the words of the request from one position to another. */
export function contextsOf(
  text: Tokens,
  from = 0,
  to: number = text.stems.length,
): ReadonlySet<string> {
  const found = new Set<string>();
  for (let at = from; at < to; at++) {
    const word = text.stems[at] ?? '';
    for (const [context, phrase] of CONTEXT_INDEX.get(word) ?? []) {
      if (startsAt(text.stems, at, phrase)) found.add(context);
    }
  }
  return found;
}

const CONTEXT_INDEX: ReadonlyMap<string, readonly (readonly [string, Phrase])[]> = (() => {
  const index = new Map<string, (readonly [string, Phrase])[]>();
  for (const [context, phrases] of Object.entries(CONTEXTS)) {
    for (const phrase of phrases.map(phraseOf)) {
      const first = phrase[0] ?? '';
      const same = index.get(first) ?? [];
      same.push([context, phrase]);
      index.set(first, same);
    }
  }
  return index;
})();
