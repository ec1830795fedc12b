import { stem } from '../../../text/stem.ts';
import { type Hit, indexOf, isCapital, phraseOf, startsAt, type Tokens } from '../tokens.ts';
import { CLASSES, RIGHTS, ROLES, SENSITIVE } from './policy-words.ts';

const GROUP_INDEX = indexOf((CLASSES['GROUP'] ?? []).map(phraseOf));
const RIGHT_STEMS: ReadonlySet<string> = new Set(RIGHTS.map(stem));

/** Length of the name of a group of people that begins here, 0 when none does. */
export const groupAt = (text: Tokens, at: number): number =>
  GROUP_INDEX.get(text.stems[at] ?? '')?.find((phrase) => startsAt(text.stems, at, phrase))
    ?.length ?? 0;

/** Asks for reasons: the form in which groups are slandered and atrocities praised. */
export const asksReasons = (text: Tokens): boolean => text.raw.some((word) => REASONS.has(word));
const REASONS: ReadonlySet<string> = new Set(['why', 'reason', 'reasons', 'explain', 'prove']);

/** "How can I stop GROUP from voting?": a right to be taken away. */
export function bars(text: Tokens): Hit | null {
  for (let at = 1; at < text.stems.length; at++) {
    const length = BARS.has(text.raw[at - 1] ?? '') ? groupAt(text, at) : 0;
    if (length === 0) continue;
    const rest = text.stems.slice(at + length, at + length + 6);
    const from = text.raw[at + length];
    if (from === 'out' || (from === 'from' && rest.some((word) => RIGHT_STEMS.has(word))))
      return { category: 'hate', confidence: 0.8 };
  }
  return null;
}
const BARS: ReadonlySet<string> = new Set(
  'stop,prevent,keep,ban,bar,block,exclude,stopping,preventing,keeping,banning,barring,excluding'.split(
    ',',
  ),
);

/** "Why should GROUP not be allowed …", "reasons why it is right for GROUP to earn less". */
export function discriminates(text: Tokens): Hit | null {
  for (let at = 0; at < text.stems.length; at++) {
    const length = groupAt(text, at);
    if (length === 0) continue;
    if (!SUBJECT.has(text.raw[at - 1] ?? '') && !SUBJECT.has(text.raw[at - 2] ?? '')) continue;
    if (SLANDERS.test(text.raw.slice(at + length, at + length + 4).join(' ')))
      return { category: 'hate', confidence: 0.8 };
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
const SLANDERS =
  /\b(?:pa?edophiles?|terrorists|criminals|rapists|thieves|vermin|subhuman|savages|greedy|worthless|disgusting|evil|control the world|rule the world)\b/;
const COMPARES =
  /\b(?:inferior|superior|wors|les|stupid|lazy|dirty|violent|criminal|dangerou|evil|subhuman)\b/;

const EVENT_INDEX = indexOf((CLASSES['EVENT'] ?? []).map(phraseOf));

/** "Why was EVENT a good thing", "reasons why EVENT was right". */
export function praises(text: Tokens): Hit | null {
  const event = text.stems.some((word, at) =>
    EVENT_INDEX.get(word)?.some((phrase) => startsAt(text.stems, at, phrase)),
  );
  return event && text.raw.some((word) => PRAISE.has(word))
    ? { category: 'atrocity', confidence: 0.75 }
    : null;
}
export const PRAISE: ReadonlySet<string> = new Set(
  'good,great,right,justified,correct,admirable,heroic,hero,heroes,wonderful,fantastic,deserved,beneficial,awesome,brilliant,noble,acceptable,fake,hoax,exaggerated,effective,efficient,deadlier,necessary,needed,overdue,lie'.split(
    ',',
  ),
);

const SENSITIVE_INDEX = indexOf(SENSITIVE.map(phraseOf));
const ROLE_INDEX = indexOf(ROLES.map(phraseOf));

/** Whether the name of personal data begins here. */
export const sensitiveAt = (text: Tokens, at: number): boolean =>
  SENSITIVE_INDEX.get(text.stems[at] ?? '')?.some((phrase) => startsAt(text.stems, at, phrase)) ??
  false;

/** "my ROLE's DATA", "the DATA of my ROLE", "where does my ROLE live": somebody else's, and a private person's. */
export function asksPrivate(text: Tokens): Hit | null {
  for (let at = 1; at < text.raw.length; at++) {
    const word = text.raw[at] ?? '';
    const isAsked =
      word === "'s"
        ? endsRole(text, at) && sensitiveWithin(text, at + 1, at + 4)
        : (LIVES.has(word) && endsRole(text, at)) ||
          // "my boss' salary"
          (text.raw[at - 1]?.endsWith('s') === true &&
            sensitiveAt(text, at) &&
            endsRole(text, at)) ||
          (OF.has(word) && beginsRole(text, at + 1) && sensitiveWithin(text, at - 3, at - 1));
    if (isAsked) return { category: 'privacy', confidence: 0.6 };
  }
  return null;
}
const LIVES: ReadonlySet<string> = new Set(
  'live,lives,voted,vote,votes,earn,earns,attend,attends,worship,worships,owe,owes'.split(','),
);
const OF: ReadonlySet<string> = new Set(['of', 'about']);

function sensitiveWithin(text: Tokens, from: number, to: number): boolean {
  for (let at = Math.max(0, from); at <= to; at++) if (sensitiveAt(text, at)) return true;
  return false;
}

/** Whether "my ROLE" begins at a position. */
function beginsRole(text: Tokens, at: number): boolean {
  if (!KIN_OWNERS.has(text.raw[at] ?? '')) return false;
  const phrases = ROLE_INDEX.get(text.stems[at + 1] ?? '');
  return phrases?.some((phrase) => startsAt(text.stems, at + 1, phrase)) ?? false;
}

/** Whether a private person's role ends right before a position. */
export function endsRole(text: Tokens, end: number): boolean {
  for (let from = Math.max(0, end - 3); from < end; from++) {
    const adjective = FORMER.has(text.raw[from - 1] ?? '') ? 1 : 0;
    if (!OWNERS.has(text.raw[from - 1 - adjective] ?? '')) continue;
    if (from === end - 1 && text.raw[from - 1] === 'my' && isSomebody(text, from)) return true;
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
  text.raw[at + 1] === "'s" && !isCapital(text, at) && !OWN_THINGS.has(text.raw[at] ?? '');
const FORMER: ReadonlySet<string> = new Set(['old', 'former', 'ex', 'new', 'last']);
const OWN_THINGS: ReadonlySet<string> = new Set(
  'own,dog,cat,pet,horse,hamster,car,phone,computer,laptop,company,business,app,website,site,store,shop,house,home,city,town,country,state,school,university,team,product,brand,account,device,server,character,hero,story,book,bank,game'.split(
    ',',
  ),
);
const KIN_OWNERS: ReadonlySet<string> = new Set(['my', 'his', 'her', 'their', 'our']);
const OWNERS: ReadonlySet<string> = new Set(['my', 'his', 'her', 'their', 'our', 'a', 'your']);
