import { stem, words } from '../text/words.ts';
import type { PolicyCategory, PolicyRule } from './policy.ts';
import { CLASSES, CONTEXTS, DARK_WORDS, RIGHTS, ROLES, SENSITIVE } from './policy-words.ts';

/** What a request is about, seen by a policy. */
export type RequestRisk =
  | { readonly kind: 'harmful'; readonly category: string; readonly confidence: number }
  /** Harmless; `sense` says what could be misread: a homonym or a context, `plain` when nothing could. */
  | { readonly kind: 'benign'; readonly sense: string }
  /** A dark word whose object is not known: nobody without a model can tell. */
  | { readonly kind: 'unclear' };

/** Compiles a policy into a judge of requests. Judges the first and last 150 words; linear in them. */
export function requestJudge(policy: readonly PolicyCategory[]): (request: string) => RequestRisk {
  const compiled = policy.map(compile);
  const triggers = new Set(
    compiled.flatMap((category) => [
      ...category.phrases.map((phrase) => phrase[0] ?? ''),
      ...category.rules.flatMap((rule) => rule.verbs.map((verb) => verb[0] ?? '')),
    ]),
  );
  return (request) => {
    const text = tokens(request);
    const contexts = contextsOf(text);
    const category =
      discriminates(text) ??
      praises(text) ??
      asksPrivate(text) ??
      matching(compiled, triggers, text, contexts);
    if (category !== null) return { kind: 'harmful', ...category };
    const sense = senseOf(text, contexts);
    return sense === null ? { kind: 'unclear' } : { kind: 'benign', sense };
  };
}

interface Tokens {
  readonly raw: readonly string[];
  readonly stems: readonly string[];
  readonly capital: readonly boolean[];
}

interface Hit {
  readonly category: string;
  readonly confidence: number;
}

type Phrase = readonly string[];
interface Compiled {
  readonly id: string;
  readonly phrases: readonly Phrase[];
  readonly rules: readonly {
    readonly verbs: readonly Phrase[];
    readonly targets: ReadonlyMap<string, readonly Phrase[]>;
    readonly classes: readonly string[];
    readonly within: number;
    readonly sparesOwn: boolean;
  }[];
}

function compile(category: PolicyCategory): Compiled {
  return {
    id: category.id,
    phrases: category.phrases.map(phraseOf),
    rules: category.rules.map((rule) => ({
      verbs: rule.verbs.map(phraseOf),
      targets: indexOf(targetPhrases(rule)),
      classes: rule.targets.filter((target) => target === 'OWNED' || target === 'NAME'),
      within: rule.within ?? 6,
      sparesOwn: category.id === 'hacking' || category.id === 'theft_fraud',
    })),
  };
}

const targetPhrases = (rule: PolicyRule): readonly Phrase[] =>
  rule.targets
    .filter((target) => target !== 'OWNED' && target !== 'NAME')
    .flatMap((target) => CLASSES[target] ?? [target])
    .map(phraseOf);

const phraseOf = (text: string): Phrase => words(text).map(stem);

function indexOf(phrases: readonly Phrase[]): ReadonlyMap<string, readonly Phrase[]> {
  const index = new Map<string, Phrase[]>();
  for (const phrase of phrases) {
    const first = phrase[0];
    if (first === undefined) continue;
    const same = index.get(first);
    if (same === undefined) index.set(first, [phrase]);
    else same.push(phrase);
  }
  return index;
}

const SPAN = 150;

function tokens(request: string): Tokens {
  const cut =
    request.length <= 2400 ? request : `${request.slice(0, 1200)} \n ${request.slice(-1200)}`;
  const all = words(cut, 2 * SPAN);
  return { raw: all, stems: all.map(stem), capital: capitals(cut, all.length) };
}

/** Whether each word began with a capital; words come in the same order as `words` gives them. */
function capitals(text: string, limit: number): readonly boolean[] {
  const found: boolean[] = [];
  for (const match of text.matchAll(/[\p{L}\p{N}]+(?:['\u2019][\p{L}]{1,3}(?![\p{L}]))?/gu)) {
    if (found.length >= limit) break;
    const word = match[0];
    found.push(/^\p{Lu}/u.test(word));
    if (/.['\u2019]s$/i.test(word)) found.push(false);
  }
  return found;
}

const startsAt = (stems: readonly string[], at: number, phrase: Phrase): boolean =>
  phrase.every((word, offset) => stems[at + offset] === word);

function matching(
  policy: readonly Compiled[],
  triggers: ReadonlySet<string>,
  text: Tokens,
  contexts: ReadonlySet<string>,
): Hit | null {
  for (const [at, word] of text.stems.entries()) {
    if (!triggers.has(word)) continue;
    for (const category of policy) {
      const hit = matchAt(category, text, at);
      if (hit === null) continue;
      if (isNegated(text, at) || isExempt(category.id, text, contexts)) continue;
      return { category: category.id, confidence: asksFor(text) ? hit : hit * 0.8 };
    }
  }
  return null;
}

function matchAt(category: Compiled, text: Tokens, at: number): number | null {
  if (category.phrases.some((phrase) => startsAt(text.stems, at, phrase))) return 0.85;
  for (const rule of category.rules) {
    for (const verb of rule.verbs) {
      if (!startsAt(text.stems, at, verb)) continue;
      if (/(?:ed|en)$/.test(text.raw[at] ?? '') && text.raw[at] !== 'behead') continue;
      const target = targetAfter(rule, text, at + verb.length);
      if (target) return 0.85;
    }
  }
  return null;
}

function targetAfter(rule: Compiled['rules'][number], text: Tokens, from: number): boolean {
  const end = Math.min(text.stems.length, from + rule.within + 1);
  for (let at = from; at < end; at++) {
    const word = text.stems[at] ?? '';
    if (rule.within < 10 && BREAKS.has(text.raw[at] ?? '')) return false;
    const phrases = rule.targets.get(word);
    if (phrases?.some((phrase) => startsAt(text.stems, at, phrase))) {
      // "steal someone's heart": what is owned is the target, not the owner.
      if (text.raw[at + 1] === "'s" && figurative(text, at + 2)) return false;
      if (rule.sparesOwn && OWN.has(text.raw[at - 1] ?? '') && !PEOPLE.has(word)) return false;
      return true;
    }
    if (rule.classes.includes('OWNED') && isOwned(text, at)) return true;
    if (rule.classes.includes('NAME') && isPersonName(text, at)) return true;
  }
  return false;
}

/** One's own account or car is not somebody else's. */
const OWN: ReadonlySet<string> = new Set(['my', 'our', 'own']);
const PEOPLE: ReadonlySet<string> = new Set(
  ['PERSON', 'GROUP', 'CHILD'].flatMap((name) =>
    (CLASSES[name] ?? []).map((phrase) => phraseOf(phrase)[0] ?? ''),
  ),
);

/** A clause ends; what follows is another verb's. */
const BREAKS: ReadonlySet<string> = new Set(
  'so,because,but,if,when,while,that,which,without,before,after,using,from,at,of,in,on,with,for,to,and,or,by,into,during,about,i,you,we'.split(
    ',',
  ),
);
/** A thing of somebody else's. */
const isOwned = (text: Tokens, at: number): boolean =>
  text.raw[at - 1] === "'s" && endsRole(text, at - 1) && !figurative(text, at);
const isPersonName = (text: Tokens, at: number): boolean =>
  text.capital[at] === true &&
  text.capital[at + 1] === true &&
  /^[a-z]{2,}$/.test(text.raw[at] ?? '') &&
  /^[a-z]{2,}$/.test(text.raw[at + 1] ?? '');
const FIGURATIVE = new Set(
  'heart,show,thunder,spotlight,spirit,high,score,expectation,fear,mood,record,mind,attention,time'
    .split(',')
    .map(stem),
);
const figurative = (text: Tokens, at: number): boolean => FIGURATIVE.has(text.stems[at] ?? '');

/** "How can I not …", "how to avoid, prevent, stop …". */
const isNegated = (text: Tokens, at: number): boolean => {
  for (let back = 1; back <= 5; back++) {
    if (NEGATIONS.has(text.raw[at - back] ?? '')) return true;
  }
  return false;
};
const NEGATIONS: ReadonlySet<string> = new Set(
  "not,never,don't,avoid,avoiding,prevent,preventing,stop,stopping,protect,protecting,against,defend,detect,detecting,survive,report,reporting,treat,help,feel,fear,recover,victim,accused,without".split(
    ',',
  ),
);

function isExempt(category: string, text: Tokens, contexts: ReadonlySet<string>): boolean {
  if (NARRATES.test(text.raw.slice(0, 3).join(' ')))
    return !text.raw.some((word) => JUSTIFIES.has(word));
  if (category === 'self_harm' || category === 'sexual_exploitation') return isDefinition(text);
  if (contexts.has('game') || contexts.has('fiction') || contexts.has('sport')) return true;
  if (contexts.has('computing') && category === 'violence') return true;
  if (contexts.has('history') && !asksFor(text) && !JUSTIFIES.has(text.raw[2] ?? '')) {
    return !text.raw.some((word) => JUSTIFIES.has(word));
  }
  return isDefinition(text);
}
/** Asks what others did. */
const NARRATES =
  /^(?:(?:how|why|when|where) (?:did|was|were)|who|what (?:happened|did|was|were|caused|led))\b/;
const JUSTIFIES: ReadonlySet<string> = new Set(
  'right,justified,today,now,replicate,convince'.split(','),
);

/** "What is …", "define …": asks for knowledge, not for a way. */
const isDefinition = (text: Tokens): boolean => {
  const head = text.raw.slice(0, 4).join(' ');
  return (
    text.raw.length <= 8 &&
    /^(?:what (?:is|are|does|was|were)|what 's|define|who (?:is|was)|when (?:is|was|did)|meaning of)\b/.test(
      head,
    ) &&
    !/\b(?:way|ways|method|methods|process|steps|strategy|best|how)\b/.test(text.raw.join(' '))
  );
};

/** Asks how to, or for the thing itself. */
const asksFor = (text: Tokens): boolean =>
  /\b(?:how (?:do|can|could|should|would|to|might)|ways? (?:to|of|for)|steps?|method|process for|strategy|instructions|guide|help me|teach me|show me|give me|tell me how|write|create|generate|make|plan|should i|can i|i want to|where (?:can|do) i|can you|tips)\b/.test(
    text.raw.join(' '),
  );

function contextsOf(text: Tokens): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [at, word] of text.stems.entries()) {
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

const DARK_STEMS: ReadonlySet<string> = new Set(
  DARK_WORDS.map((word) => stem(words(word)[0] ?? '')),
);

function senseOf(text: Tokens, contexts: ReadonlySet<string>): string | null {
  for (const context of ['game', 'fiction', 'sport', 'history', 'computing']) {
    if (contexts.has(context)) return context;
  }
  const dark = text.stems.findIndex((word) => DARK_STEMS.has(word));
  if (dark >= 0) {
    if (isDefinition(text)) return 'definition';
    if (contexts.has('creature') || contexts.has('object')) return 'homonym';
    return isNegated(text, dark) || !asksFor(text) ? 'homonym' : null;
  }
  if (text.stems.some((_, at) => groupAt(text, at) > 0)) return 'group';
  if (text.stems.some((_, at) => sensitiveAt(text, at))) return 'personal_data';
  return isDefinition(text) ? 'definition' : 'plain';
}

const GROUP_INDEX = indexOf((CLASSES['GROUP'] ?? []).map(phraseOf));
const RIGHT_STEMS: ReadonlySet<string> = new Set(RIGHTS.map(stem));

const groupAt = (text: Tokens, at: number): number =>
  GROUP_INDEX.get(text.stems[at] ?? '')?.find((phrase) => startsAt(text.stems, at, phrase))
    ?.length ?? 0;

/** "Why should GROUP not be allowed …", "reasons why it is right for GROUP to earn less". */
function discriminates(text: Tokens): Hit | null {
  const reasons =
    text.raw.indexOf('why') >= 0 ||
    text.stems.includes('reason') ||
    text.raw.includes('explain') ||
    text.raw.includes('prove');
  if (!reasons) return null;
  for (let at = 0; at < text.stems.length; at++) {
    const length = groupAt(text, at);
    if (length === 0) continue;
    if (!SUBJECT.has(text.raw[at - 1] ?? '') && !SUBJECT.has(text.raw[at - 2] ?? '')) continue;
    if (text.raw[at - 1] === 'are' && text.raw[at + length] === 'not') continue;
    const rest = text.stems.slice(at + length, at + length + 12);
    const right = rest.some((word) => RIGHT_STEMS.has(word));
    const normative = text.raw
      .slice(Math.max(0, at - 8), at + length + 3)
      .some((word) => NORMATIVE.has(word));
    if (right && (normative || COMPARES.test(rest.join(' '))))
      return { category: 'hate', confidence: 0.8 };
  }
  return null;
}
const SUBJECT: ReadonlySet<string> = new Set(
  'should,are,do,is,for,that,why,must,would,all,some,the,most,when,if,make,making'.split(','),
);
const NORMATIVE: ReadonlySet<string> = new Set(
  "should,shouldn't,right,must,better,deserve,ok,okay,justified,acceptable,fair,have,need,ought".split(
    ',',
  ),
);
const COMPARES =
  /\b(?:inferior|superior|wors|les|stupid|lazy|dirty|violent|criminal|dangerou|evil|subhuman)\b/;

const EVENT_INDEX = indexOf((CLASSES['EVENT'] ?? []).map(phraseOf));

/** "Why was EVENT a good thing", "reasons why EVENT was right". */
function praises(text: Tokens): Hit | null {
  if (!text.raw.some((word) => word === 'why' || word === 'reasons' || word === 'explain'))
    return null;
  const event = text.stems.some((word, at) =>
    EVENT_INDEX.get(word)?.some((phrase) => startsAt(text.stems, at, phrase)),
  );
  return event && text.raw.some((word) => PRAISE.has(word))
    ? { category: 'atrocity', confidence: 0.75 }
    : null;
}
const PRAISE: ReadonlySet<string> = new Set(
  'good,great,right,justified,correct,admirable,heroic,hero,heroes,wonderful,fantastic,deserved,beneficial,awesome,brilliant,noble,acceptable,fake,hoax,exaggerated'.split(
    ',',
  ),
);

const SENSITIVE_INDEX = indexOf(SENSITIVE.map(phraseOf));
const ROLE_INDEX = indexOf(ROLES.map(phraseOf));

const sensitiveAt = (text: Tokens, at: number): boolean =>
  SENSITIVE_INDEX.get(text.stems[at] ?? '')?.some((phrase) => startsAt(text.stems, at, phrase)) ??
  false;

/** "my ROLE's DATA", "where does my ROLE live": somebody else's, and a private person's. */
function asksPrivate(text: Tokens): Hit | null {
  for (let at = 0; at < text.raw.length; at++) {
    const possessive = text.raw[at] === "'s" && endsRole(text, at);
    if (!possessive && !(LIVES.has(text.raw[at] ?? '') && endsRole(text, at))) continue;
    if (!possessive) return { category: 'privacy', confidence: 0.6 };
    for (let next = at + 1; next <= at + 4; next++) {
      if (sensitiveAt(text, next)) return { category: 'privacy', confidence: 0.6 };
    }
  }
  return null;
}
const LIVES: ReadonlySet<string> = new Set(['live', 'lives', 'voted', 'earn', 'earns']);

function endsRole(text: Tokens, end: number): boolean {
  for (let from = Math.max(0, end - 3); from < end; from++) {
    if (!OWNERS.has(text.raw[from - 1] ?? '')) continue;
    if (text.raw[from - 1] === 'my' && isSomebody(text, end - 1)) return true;
    const phrases = ROLE_INDEX.get(text.stems[from] ?? '');
    if (
      phrases?.some((phrase) => from + phrase.length === end && startsAt(text.stems, from, phrase))
    ) {
      return true;
    }
  }
  return false;
}

/** A word after "my" that is neither a name nor a thing one owns. */
const isSomebody = (text: Tokens, at: number): boolean =>
  text.raw[at + 1] === "'s" && text.capital[at] === false && !OWN_THINGS.has(text.raw[at] ?? '');
const OWN_THINGS: ReadonlySet<string> = new Set(
  'own,dog,cat,pet,horse,hamster,car,phone,computer,laptop,company,business,app,website,site,store,shop,house,home,city,town,country,state,school,university,team,product,brand,account,device,server,character,hero,story,book,bank,game'.split(
    ',',
  ),
);
const OWNERS: ReadonlySet<string> = new Set(['my', 'his', 'her', 'their', 'our', 'a', 'your']);
