/** A name in a text, by its capitals. */
export interface Entity {
  readonly text: string;
  readonly start: number;
}

/**
 * Names: runs of capitalised words (with `of`, `the`, `de` … inside) that do not merely open a sentence.
 * A single capitalised word at a sentence start counts only when it occurs capitalised elsewhere too.
 */
export function entities(text: string, limit = 200): readonly Entity[] {
  const found: Entity[] = [];
  NAME.lastIndex = 0;
  for (
    let match = NAME.exec(text);
    match !== null && found.length < limit;
    match = NAME.exec(text)
  ) {
    let name = match[0];
    let start = match.index;
    if (opensSentence(text, start)) {
      const first = /^\S+/.exec(name)?.[0] ?? '';
      if (COMMON_OPENERS.has(first.toLowerCase()) || !name.includes(' ')) {
        const rest = name.slice(first.length).trimStart();
        start += name.length - rest.length;
        name = rest;
      }
    }
    if (name === '' || (name.length < 3 && name !== name.toUpperCase())) continue;
    if (NOT_NAMES.has(name.toLowerCase())) continue;
    found.push({ text: name, start });
  }
  return found;
}

const NAME =
  /(?<![\p{L}\p{N}'\u2019])\p{Lu}[\p{L}\p{N}]{0,30}(?:[-'\u2019.&]\p{L}{1,30})?(?:(?: (?:of|the|and|de|la|van|von|der|al|bin|&))? \p{Lu}[\p{L}\p{N}]{0,30}(?:[-.&]\p{L}{1,30})?){0,6}/gu;

const opensSentence = (text: string, at: number): boolean =>
  at === 0 ||
  /(?:[.!?:\n]["')\]*\u201D]{0,3}\s{0,10}|[\n\u2022*-]\s{0,6}["'(\u201C*]{0,4}|["\u201C(]|\d[.)]\s{0,3}\*{0,2})$/.test(
    text.slice(Math.max(0, at - 12), at),
  );

const list = (text: string): ReadonlySet<string> => new Set(text.split(','));
const COMMON_OPENERS = list(
  'the,a,an,in,on,at,for,from,with,by,as,to,of,this,that,these,those,it,its,he,she,they,his,her,their,we,our,i,you,your,there,here,when,while,after,before,during,since,because,although,though,if,but,and,or,so,yet,however,additionally,furthermore,moreover,overall,also,despite,both,each,some,many,most,several,all,other,others,another,one,two,three,four,five,first,second,third,finally,then,next,according,based,given,please,here,note,summary,passage,yes,no,not,what,who,where,why,how,which',
);
/** Capitalised by custom, not names. */
const NOT_NAMES = list(
  'i,monday,tuesday,wednesday,thursday,friday,saturday,sunday,january,february,march,april,may,june,july,august,september,october,november,december,ok,ai,id,note,am,pm,mr,mrs,ms,dr,english,passage,summary',
);
