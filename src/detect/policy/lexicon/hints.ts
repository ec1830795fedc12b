import { targetPhrases } from '../compiled-policy.ts';
import { type Phrase, phraseOf } from '../tokens.ts';
import type { PolicyCategory } from './policy.ts';

/**
 * Which rules a word may belong to, as bit masks over a hash of its first seven letters: as their verb, as
 * their target. A text whose verbs and targets share no bit matches no rule, which is decided without cutting a
 * word out. Rules beyond 31 share bits, which only costs a closer look.
 */
export interface Hints {
  readonly verbs: Int32Array;
  readonly targets: Int32Array;
  /** Bits of the rules that take anything of somebody's, and any person's name. */
  readonly owned: number;
  readonly named: number;
}

export function hintsOf(policy: readonly PolicyCategory[]): Hints {
  const verbs = new Map<string, number>();
  const targets = new Map<string, number>();
  const telling = new Map<Phrase, string>();
  const add = (bits: Map<string, number>, phrase: Phrase, bit: number): void => {
    const word = telling.get(phrase) ?? tellingWord(phrase);
    telling.set(phrase, word);
    bits.set(word, (bits.get(word) ?? 0) | bit);
  };
  let owned = 0;
  let named = 0;
  let rules = 0;
  for (const word of ALONE_WORDS) {
    add(verbs, [word], ALONE);
    add(targets, [word], ALONE);
  }
  for (const category of policy) {
    for (const phrase of category.phrases.map(phraseOf)) {
      add(verbs, phrase, ALONE);
      add(targets, phrase, ALONE);
    }
    for (const rule of category.rules) {
      const bit = 1 << (rules++ % 31);
      for (const verb of rule.verbs) add(verbs, phraseOf(verb), bit);
      for (const target of targetPhrases(rule)) add(targets, target, bit);
      if (rule.targets.includes('OWNED')) owned |= bit;
      if (rule.targets.includes('NAME')) named |= bit;
    }
  }
  return { verbs: masksOf(verbs), targets: masksOf(targets), owned, named };
}

function masksOf(bits: ReadonlyMap<string, number>): Int32Array {
  const masks = new Int32Array(SIZE);
  for (const [word, bit] of bits) {
    for (const form of inflections(word)) {
      const at = hashOf(form, 0);
      masks[at] = (masks[at] ?? 0) | bit;
    }
  }
  return masks;
}

/** Whether the words of the text can make up any rule: a verb and, not far after it, a target of the same rule. */
export function hasHint(hints: Hints, text: string): boolean {
  let ever = 0;
  let recent = 0;
  let older = 0;
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (!isLetter(unit)) {
      const possessive = (unit === 39 || unit === 0x2019) && (text.charCodeAt(at + 1) | 32) === 115;
      if (!possessive) continue;
      // Somebody's data are asked for without a verb.
      if (((recent | older) & hints.owned) !== 0 || OWNER.test(text)) return true;
      continue;
    }
    const hash = hashOf(text, at);
    const verb = hints.verbs[hash] ?? 0;
    const target = hints.targets[hash] ?? 0;
    if (((recent | older) & target) !== 0 || (verb & target & ALONE) !== 0) return true;
    recent |= verb;
    ever |= verb;
    if (++count % REACH === 0) {
      older = recent;
      recent = 0;
    }
    while (at + 1 < text.length && isLetter(text.charCodeAt(at + 1))) at++;
  }
  if ((ever & hints.named) !== 0 && NAME.test(text)) return true;
  return (OWNER.test(text) && PRIVATE.test(text)) || BARS.test(text);
}

/** Words within which a verb meets its target, at least: the widest rule and the longest verb. */
const REACH = 20;
/** Room enough that words of other rules rarely meet: 4 MB in all. */
const SIZE = 1 << 19;
const LETTERS = 7;
/** Openers of what is judged by its form: reasons asked for. */
const ALONE_WORDS = ['why', 'reason', 'explain', 'prove'];
const ALONE = 1 << 31;
const OWNER = /\b(?:my|his|her|their|our|your|a) /i;
/** "where does my ROLE live", "the DATA of my ROLE". */
const PRIVATE =
  /\b(?:lives?|voted?|votes|earns?|attends?|worships?|owes?)\b|\b(?:of|about)\W{1,10}(?:my|his|her|their|our)\b/i;
/** "stop women from", "keep women out". */
const BARS = /\b(?:stop|prevent|keep|ban|bar|block|exclud)\w{0,5}\W[\s\S]{1,80}?\b(?:from|out)\b/i;
const NAME = /\b[A-Z][a-z]{1,30} [A-Z][a-z]/;

/** The longest word represents its phrase; frequent words only when there is no other. */
function tellingWord(phrase: Phrase): string {
  const telling = phrase.filter((word) => !COMMON.has(word));
  return (telling.length > 0 ? telling : phrase).reduce(
    (best, one) => (one.length > best.length ? one : best),
    '',
  );
}

/** What stems to a word, as far as the hashed letters can differ. */
const inflections = (word: string): readonly string[] =>
  word.length >= LETTERS
    ? [word]
    : [
        ...['', 's', 'e', 'es', 'ing', 'ed', 'eed', 'ees', 'eing', 'ly', 'ation', 'ely'].map(
          (ending) => word + ending,
        ),
        ...['ing', 'ed'].map((ending) => word + word.slice(-1) + ending),
        ...(word.endsWith('y') ? [`${word.slice(0, -1)}ies`] : []),
      ];

const COMMON: ReadonlySet<string> = new Set(
  'with,without,wa,is,i,my,get,out,pric,key,interest,set,way,away,end,start,work,old,young,short,over,down,up,off,in,on,to,of,into,for,it,not,that,like,mak,tak,do,plac,against,from,someon,somebody,peopl,person,men,man,woman,women,american,german,french,italian,indian,chines,japanes,korean,polish,russian,african,native,single,class,citizen,student,employe,individual,community,famil,teacher,parent,coupl,power,plant,record,number,history,account,message,text,email,custom,creat,something,themselv,himself,herself,yourself'.split(
    ',',
  ),
);

/** Hash of the first letters of the word at a position, without case. */
function hashOf(text: string, start: number): number {
  let hash = 17;
  for (let at = start; at < start + LETTERS && at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (!isLetter(unit)) break;
    hash = Math.imul(hash, 31) + (unit | 32);
  }
  return (Math.imul(hash, 0x9e3779b1) >>> 13) & (SIZE - 1);
}

const isLetter = (unit: number): boolean =>
  (unit >= 97 && unit <= 122) ||
  (unit >= 65 && unit <= 90) ||
  (unit >= 48 && unit <= 57) ||
  unit >= 0xc0;
