import { byText } from '../../text/by-text.ts';
import { stem } from '../../text/stem.ts';
import { words } from '../../text/words.ts';
import { type Compiled, type CompiledRule, compile, type Opening } from './compiled-policy.ts';
import { hasHint, hintsOf } from './lexicon/hints.ts';
import {
  asksPrivate,
  asksReasons,
  bars,
  discriminates,
  endsRole,
  groupAt,
  PRAISE,
  praises,
  sensitiveAt,
} from './lexicon/people.ts';
import { type PolicyCategory, starterPolicy } from './lexicon/policy.ts';
import { CLASSES, DARK_WORDS, SUSPECT_WORDS } from './lexicon/policy-words.ts';
import { asksFor, contextsOf, isDefinition, isNegated } from './request-form.ts';
import {
  cutRequest,
  type Hit,
  indexOf,
  isCapital,
  type Phrase,
  phraseOf,
  startsAt,
  type Tokens,
  tokens,
} from './tokens.ts';

/** What a policy says about a request. */
export type RequestRisk =
  | { readonly kind: 'harmful'; readonly category: string; readonly confidence: number }
  /** Harmless; `sense` names what could be misread: a homonym or a context; `plain` when nothing could. */
  | { readonly kind: 'benign'; readonly sense: string }
  /** A dark word with an unknown object: only a model could tell. */
  | { readonly kind: 'unclear' };

export interface PolicyMatcher {
  readonly classify: (request: string) => RequestRisk;
  /** The category a request falls under, null when under none. Costs a fraction of `classify`. */
  readonly match: (request: string) => Hit | null;
}

/**
 * Compiles a policy into a matcher of requests; `allowed` phrases make any request harmless. Reads the
 * first and last 1,200 characters, 300 words at most; linear in them. Only the request forms of its own categories count.
 */
export function policyMatcher({
  categories: policy,
  allowed = [],
}: {
  readonly categories: readonly PolicyCategory[];
  readonly allowed?: readonly string[];
}): PolicyMatcher {
  const compiled = compile(policy);
  const hints = hintsOf(policy);
  const ids = new Set(policy.map(({ id }) => id));
  const exceptions = allowed.map(phraseOf);
  const known = (hit: Hit | null): Hit | null =>
    hit !== null && ids.has(hit.category) ? hit : null;
  const harm = (text: Tokens): Hit | null =>
    holdsAny(text, exceptions)
      ? null
      : ((asksReasons(text) ? (known(discriminates(text)) ?? known(praises(text))) : null) ??
        matching(compiled, text) ??
        known(bars(text)) ??
        known(asksPrivate(text)));
  return {
    match: byText((request) =>
      hasHint(hints, cutRequest(request)) ? harm(tokens(request)) : null,
    ),
    classify: byText((request) => {
      const text = tokens(request);
      const hit = harm(text);
      if (hit !== null) return { kind: 'harmful', ...hit };
      if (holdsAny(text, exceptions)) return { kind: 'benign', sense: 'allowed' };
      const sense = senseOf(text);
      return sense === null ? { kind: 'unclear' } : { kind: 'benign', sense };
    }),
  };
}

/** The starter policy, compiled once. */
export function starterMatcher(): PolicyMatcher {
  starter ??= policyMatcher({ categories: starterPolicy });
  return starter;
}

let starter: PolicyMatcher | undefined;

function matching(policy: Compiled, text: Tokens): Hit | null {
  let contexts: ReadonlySet<string> | undefined;
  for (const [at, word] of text.stems.entries()) {
    for (const opening of policy.get(word) ?? []) {
      if (!applies(opening, text, at) || isNegated(text, at)) continue;
      const { id, literal, allowed } = opening.category;
      if (allowed !== undefined && holdsAny(text, allowed.map(phraseOf))) continue;
      contexts ??= contextsOf(text);
      if (literal !== true && isExempt(id, text, contexts)) continue;
      return { category: id, confidence: asksFor(text) ? 0.85 : 0.7 };
    }
  }
  return null;
}

const holdsAny = (text: Tokens, phrases: readonly Phrase[]): boolean =>
  phrases.length > 0 &&
  text.stems.some((_, at) => phrases.some((phrase) => startsAt(text.stems, at, phrase)));

function applies(opening: Opening, text: Tokens, at: number): boolean {
  if (!startsAt(text.stems, at, opening.phrase)) return false;
  if (opening.rule === null) return true;
  if (!canBeVerb(text, at)) return false;
  // A verb in the past ("was killed") reports an act; it does not ask for one.
  if (/.{2}(?:ed|en)$/.test(text.raw[at] ?? '')) return false;
  return hasTarget(opening.rule, text, at + opening.phrase.length);
}

/** After an article or a noun the same word is a noun: "the bath bomb". Forms in -ing may follow anything but an article. */
function canBeVerb(text: Tokens, at: number): boolean {
  const before = text.raw[at - 1];
  if (before === undefined) return true;
  if (text.raw[at]?.endsWith('ing') === true) return !ARTICLES.has(before);
  return BEFORE_VERBS.has(before) || before.endsWith('ly') || before.endsWith("n't");
}
const ARTICLES: ReadonlySet<string> = new Set(
  'the,a,an,this,that,these,those,my,your,his,her,its,our,their'.split(','),
);
const BEFORE_VERBS: ReadonlySet<string> = new Set(
  'to,i,we,you,they,he,she,it,one,and,or,then,can,could,should,would,will,shall,must,might,may,do,does,did,please,best,just,not,never,let,me,us,him,them,help,always,also,even,only,go,and,but,now,who,that,people,someone,ll,easily,quickly,better,successfully,secretly,how,possibly,actually,first,next,finally,today,help'.split(
    ',',
  ),
);

function hasTarget(rule: CompiledRule, text: Tokens, from: number): boolean {
  const end = Math.min(text.stems.length, from + rule.within + 1);
  for (let at = from; at < end; at++) {
    const word = text.stems[at] ?? '';
    if (rule.within < 10 && BREAKS.has(text.raw[at] ?? '')) return false;
    if (rule.targets.get(word)?.some((phrase) => startsAt(text.stems, at, phrase))) {
      // "steal someone's heart": what is owned is the target, not the owner.
      if (text.raw[at + 1] === "'s" && figurative(text, at + 2)) return false;
      return !(rule.sparesOwn && OWN.has(text.raw[at - 1] ?? '') && !PEOPLE.has(word));
    }
    if (rule.owned && isOwned(text, at)) return true;
    if (rule.names && isPersonName(text, at)) return true;
  }
  return false;
}

/** Your own account or car is not somebody else's. */
const OWN: ReadonlySet<string> = new Set(['my', 'our', 'own']);
const PEOPLE: ReadonlySet<string> = new Set(
  ['PERSON', 'GROUP', 'CHILD'].flatMap((name) =>
    (CLASSES[name] ?? []).filter((phrase) => !phrase.includes(' ')).map(stem),
  ),
);

/** Words that end a clause: what follows belongs to another verb. */
const BREAKS: ReadonlySet<string> = new Set(
  'so,because,but,if,when,while,that,which,without,before,after,using,from,at,of,in,on,with,for,to,and,or,by,into,during,about,i,you,we'.split(
    ',',
  ),
);
/** Something that belongs to somebody else. */
const isOwned = (text: Tokens, at: number): boolean =>
  text.raw[at - 1] === "'s" && endsRole(text, at - 1) && !figurative(text, at);
const isPersonName = (text: Tokens, at: number): boolean =>
  /^[a-z]{2,}$/.test(text.raw[at] ?? '') &&
  /^[a-z]{2,}$/.test(text.raw[at + 1] ?? '') &&
  isCapital(text, at) &&
  isCapital(text, at + 1);
const FIGURATIVE = new Set(
  'heart,show,thunder,spotlight,spirit,high,score,expectation,fear,mood,record,mind,attention,time'
    .split(',')
    .map(stem),
);
const figurative = (text: Tokens, at: number): boolean => FIGURATIVE.has(text.stems[at] ?? '');

function isExempt(category: string, text: Tokens, contexts: ReadonlySet<string>): boolean {
  if (NARRATES.test(text.raw.slice(0, 3).join(' ')))
    return !text.raw.some((word) => JUSTIFIES.has(word) || PRAISE.has(word));
  if (category === 'self_harm' || category === 'sexual_exploitation') return isDefinition(text);
  if (REAL.test(text.lower)) return false;
  if (contexts.has('game') || contexts.has('fiction') || contexts.has('sport')) return true;
  if (contexts.has('computing') && category === 'violence') return true;
  if (contexts.has('history') && !asksFor(text) && !JUSTIFIES.has(text.raw[2] ?? '')) {
    return !text.raw.some((word) => JUSTIFIES.has(word) || PRAISE.has(word));
  }
  return isDefinition(text);
}
const REAL = /\b(?:in real life|irl|for real|in reality|a real|an actual)\b/;
/** Asks what others did. */
const NARRATES =
  /^(?:(?:how|why|when|where|who) (?:did|was|were|is)|what (?:happened|did|was|were|caused|led))\b/;
const JUSTIFIES: ReadonlySet<string> = new Set(
  'right,justified,today,now,replicate,convince,enough'.split(','),
);

const DARK_STEMS: ReadonlySet<string> = new Set(
  DARK_WORDS.map((word) => stem(words(word)[0] ?? '')),
);

const SUSPECT_INDEX = indexOf(SUSPECT_WORDS.map(phraseOf));

/** Whether a word for wrongdoing occurs, other than as something to prevent. */
const isSuspect = (text: Tokens): boolean =>
  text.stems.some(
    (word, at) =>
      SUSPECT_INDEX.get(word)?.some((phrase) => startsAt(text.stems, at, phrase)) === true &&
      !isNegated(text, at),
  );

function senseOf(text: Tokens): string | null {
  const contexts = contextsOf(text);
  for (const context of ['game', 'fiction', 'sport']) {
    if (contexts.has(context)) return context;
  }
  if (contexts.has('history')) return asksAboutHistory(text) ? 'history' : null;
  if (isDefinition(text)) return 'definition';
  if (isSuspect(text)) return null;
  if (contexts.has('computing')) return 'computing';
  const dark = text.stems.findIndex((word) => DARK_STEMS.has(word));
  if (dark >= 0) {
    return isNegated(text, dark) || !asksFor(text) || hasHarmlessObject(text, dark)
      ? 'homonym'
      : null;
  }
  if (text.stems.some((_, at) => groupAt(text, at) > 0)) return 'group';
  if (text.stems.some((_, at) => sensitiveAt(text, at))) return 'personal data';
  return 'plain';
}

/** Asks what happened, why, how or with what effect, not for a judgment or a method. */
const asksAboutHistory = (text: Tokens): boolean =>
  ASKS_ABOUT.test(text.raw.slice(0, 4).join(' ')) &&
  !text.raw.some((word) => JUSTIFIES.has(word) || PRAISE.has(word));
const ASKS_ABOUT =
  /^(?:what|why (?:did|was|were|do)|how (?:did|was|were|many|long)|when|who|where|which|describe|explain|tell me|summari[sz]e|list|in (?:which|what))\b/;

/** A thing or a pest in the noun phrase after the dark word, or before it as its subject, with no person in between. */
function hasHarmlessObject(text: Tokens, dark: number): boolean {
  let end = dark + 1;
  while (end < text.stems.length && end <= dark + 7 && !PEOPLE.has(text.stems[end] ?? '')) end++;
  const near = contextsOf(text, Math.max(0, dark - 8), end);
  return (
    near.has('object') ||
    near.has('creature') ||
    [dark + 1, dark + 2, dark + 3, end + 1, end + 2].some((at) => figurative(text, at))
  );
}
