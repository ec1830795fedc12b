import { stem } from '../text/words.ts';
import { targetPhrases } from './compiled-policy.ts';
import type { PolicyCategory } from './policy.ts';
import { type Phrase, phraseOf } from './tokens.ts';

/**
 * Word beginnings without one of which no rule applies: dark verbs, and the targets of plain ones. A
 * bitmap over hashes of up to five letters, asked once per word without cutting the word out.
 */
export function hintsOf(policy: readonly PolicyCategory[]): Hints {
  const bitmap = new Uint8Array(HINTS);
  const stems = new Set<string>();
  const add = (phrase: Phrase): void => {
    const telling = phrase.filter((word) => !COMMON.has(word));
    const word = (telling.length > 0 ? telling : phrase).reduce(
      (best, one) => (one.length > best.length ? one : best),
      '',
    );
    stems.add(word);
    for (const form of inflections(word)) bitmap[hashOf(form, 0)] = 1;
  };
  for (const word of ['why', 'reason', 'explain', 'prove']) add([word]);
  for (const category of policy) {
    for (const phrase of category.phrases) add(phraseOf(phrase));
    for (const rule of category.rules) {
      for (const verb of rule.verbs) if (!PLAIN_VERBS.has(verb)) add(phraseOf(verb));
      if (!rule.verbs.some((verb) => PLAIN_VERBS.has(verb))) continue;
      for (const target of targetPhrases(rule)) add(target);
    }
  }
  return { bitmap, stems };
}

export interface Hints {
  readonly bitmap: Uint8Array;
  readonly stems: ReadonlySet<string>;
}

const HINTS = 1 << 20;

/** What stems to a word, as far as the first five letters can differ. */
const inflections = (word: string): readonly string[] =>
  word.length >= 5
    ? [word]
    : [
        ...['', 's', 'e', 'es', 'ing', 'ed'].map((ending) => word + ending),
        ...['ing', 'ed'].map((ending) => word + word.slice(-1) + ending),
        ...(word.endsWith('y') ? [`${word.slice(0, -1)}ies`] : []),
      ];

/** Stems too frequent to hint at anything when a phrase has another word. */
const COMMON: ReadonlySet<string> = new Set(
  'with,without,wa,is,i,my,get,out,pric,key,interest,set,way,away,end,start,work,old,young,short,over,down,up,off,in,on,to,of,into,for,it,not,that,like,mak,tak,do,plac,against,from,someon,somebody,peopl,person,person,men,man,woman,women,american,german,french,italian,indian,chines,japanes,korean,polish,russian,african,native,single,class,citizen,student,employe,individual,community,famil,teacher,parent,coupl,power,plant,record,number,history,account,message,text,email,custom,custom,jew'.split(
    ',',
  ),
);

/** Hash of the first five letters of the word at a position of a lower-case text. */
function hashOf(text: string, start: number): number {
  let hash = 17;
  for (let at = start; at < start + 5; at++) {
    const unit = at < text.length ? text.charCodeAt(at) | 0 : 0;
    if (!isLetter(unit)) break;
    hash = Math.imul(hash, 31) + (unit | 32);
  }
  return (Math.imul(hash, 0x9e3779b1) >>> 12) & (HINTS - 1);
}

const isLetter = (unit: number): boolean =>
  (unit >= 97 && unit <= 122) ||
  (unit >= 65 && unit <= 90) ||
  (unit >= 48 && unit <= 57) ||
  unit >= 0xc0;

const OWNER = /\b(?:my|his|her|their|our|your|a) /i;

/** Whether any word of the text may open a rule. */
export function hasHint(hints: Hints, text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (!isLetter(unit)) {
      // A possessive may ask for somebody's data.
      if ((unit === 39 || unit === 0x2019) && (text.charCodeAt(at + 1) | 32) === 115) {
        if (OWNER.test(text)) return true;
      }
      continue;
    }
    const start = at;
    while (at < text.length && isLetter(text.charCodeAt(at))) at++;
    if (hints.bitmap[hashOf(text, start)] === 1) {
      if (hints.stems.has(stem(text.slice(start, at).toLowerCase()))) return true;
    }
    at--;
  }
  return false;
}

/** Verbs of every other request. */
const PLAIN_VERBS: ReadonlySet<string> = new Set(
  'make,get,use,find,take,buy,build,create,design,develop,write,produce,print,order,sell,start,run,do,perform,plan,show,claim,prove,support,join,follow,track,access,try,mix,import,set up,get hold of,obtain,extract,grow,hide,conceal,install,deploy,code,promote,organize,organise,prepare,practice,practise,enable,defend,encourage,finance,fund,attempt,implement,launch,engage in,participate in,take part in,keep,hold,become,think like,act like,be like,continue,copy,repeat,cut,push,move,argue,consume,deal,acquire,assemble,construct,plant,convince,persuade,execute,stage,conduct,cover up,benefit from,profit from,make money from,make money with,set off,trade,purchase,drop,cook,eat,throw,freeze,disable,bypass,deactivate,manufacture,cultivate,distribute,score,brew'.split(
    ',',
  ),
);
