import { topFields } from './top-fields.ts';

/** A result that says this much is not read as an echo. */
const MOST = 1_000;

/**
 * Whether an object holds nothing but what was passed in: every field is empty, about the look-up, or in the words of
 * the arguments, and one of them is empty. `{"user": "Ann Lee", "preferences": null}` for the user `ann_lee` found nothing.
 */
export function echoesArguments(body: string, args: string): boolean {
  if (body.length > MOST || body[0] !== '{' || !EMPTY_FIELD.test(body)) return false;
  const given = plain(args);
  let hasEmpty = false;
  let hasEcho = false;
  for (const { name, value } of topFields(body)) {
    if (ABOUT.test(name)) continue;
    if (value === '') hasEmpty = true;
    else if (isEcho(value, given)) hasEcho = true;
    else return false;
  }
  return hasEmpty && hasEcho;
}

const EMPTY_FIELD = /:\s?(?:null|None|""|''|\[\s?\]|\{\s?\})\s{0,3}[,}]/;
/** Fields about the look-up itself; none of them says that something is missing. */
const ABOUT =
  /^(?:error|errors|warnings?|message|status|success|ok|code|next\w*|cursor|page|limit)$/i;

/** Every word of the value, names of fields in it aside, stands in the arguments. */
function isEcho(value: string, given: string): boolean {
  const said = value.replace(/["']\w{1,40}["']\s?:/g, ' ');
  const words = said.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  return words.length > 0 && words.every((word) => given.includes(word.toLowerCase()));
}

const plain = (args: string): string => args.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
