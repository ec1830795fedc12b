import { type TopField, topFields } from './top-fields.ts';

/**
 * The form of a result. `error`: the step failed. `complaint`: the harness did not understand the request.
 * `empty`: the step worked and found nothing. `blank`: no text at all. `data`: anything else.
 */
export type ResultForm = 'error' | 'complaint' | 'empty' | 'blank' | 'data';

/**
 * The form of a result, an observation, or the text after a spoken call. Only the beginning of the text and the fields
 * of its outermost object decide, because data may mention errors. Reads a bounded head and tail.
 */
export function resultForm(text: string): ResultForm {
  const start = bodyStart(text);
  const head = text.slice(start, start + HEAD).trim();
  if (head === '') return 'blank';
  if (EMPTY.test(head)) return 'empty';
  const isShort = text.length - start <= SHORT;
  const first = head.charCodeAt(0);
  if (first === 123) {
    const form = formOfFields(topFields(text.slice(start, start + HEAD)));
    if (form !== null) return form;
  }
  if (first === 91 && EMPTY_LISTS.test(head)) return 'empty';
  if (COMPLAINT.test(head)) return 'complaint';
  if (isShort && FOUND_NOTHING.test(head)) return 'empty';
  if (ERROR_NAME.test(head) || FOREIGN_ERROR.test(head) || (isShort && ERROR_WORD.test(head)))
    return 'error';
  if (exitCode(text) !== 0) return 'error';
  return 'data';
}

/** Where a result begins after the labels that frameworks put before it (`Observation 3:`, `Call id: …`). */
export function bodyStart(text: string): number {
  return LABELS.exec(text.slice(0, 600))?.[0].length ?? 0;
}

const HEAD = 2_000;
/** The longest message about a step; anything longer is content. */
const SHORT = 600;

const LABELS =
  /^(?:\s{0,10}(?:(?:call id|tool(?: name| call id)?|role|name)\s?:[^\n]{0,120}\n|(?:observation|result|output|response|tool (?:result|output|response)|execution (?:logs?|results?|output)|last output from code snippet)(?: ?\d{1,4})?\s?:)){1,6}\s{0,10}/i;

const EMPTY =
  /^(?:\[\s*\]|\{\s*\}|null|none|nil|undefined|n\/a|""|''|\(?(?:no|empty) (?:output|content|data|response|result|results?)\)?\.?)$/i;
const EMPTY_LISTS = /^\[(?:\s*(?:\[\s*\]|\{\s*\}|null|None|""|'')\s*,?){1,50}\]$/;

const FOUND_NOTHING =
  /^(?:sorry,? |unfortunately,? )?(?:(?:there (?:is|are|was|were) )?(?:no|zero|0) (?:\S{1,30} ){0,6}?(?:found|match(?:es|ed|ing)?|results?|available|exists?|returned|records?|entries)\b|(?:could not|couldn't|cannot|can't|did not|didn't|unable to) find\b|not found\b|nothing (?:was |were )?(?:found|matched|matches)\b|no (?:such )?(?:\S{1,30} ){0,3}(?:with|for|matching|named)\b|no more results\b)/i;

const ERROR_NAME =
  /^(?:\W{0,6}(?:[\w.]{0,60}(?:Error|Exception)|ERROR|error|Traceback(?: \(most recent call last\))?|Exception)(?:\s{0,2}[:[(]|\s{0,3}(?:\n|$)))|^Traceback \(most recent call last\)/;
/** `Error:` in other languages; the colon makes it a heading. */
const FOREIGN_ERROR =
  /^\W{0,4}(?:fehler|erreur|errore|erro|błąd|fout|ошибка|エラー|错误|錯誤|오류)\s{0,2}[:：]/iu;
const ERROR_WORD =
  /^\W{0,4}(?:failed|failure|fail\b|unable to|cannot|can't|could not|couldn't|invalid|unknown (?:tool|function|action|command)|missing|(?:access |permission )?denied|unauthori[sz]ed|forbidden|timed? ?out|(?:request|connection|operation|query|call) (?:timed? ?out|failed|refused|error)|no such|connection (?:error|refused|reset)|service unavailable|internal server error|bad request|rate limit|too many requests|error (?:while|when|in|occurred|executing|calling)|an error (?:has )?occurred|http\S{0,5} [45]\d\d|[45]\d\d (?=[A-Za-z]))/i;

const COMPLAINT =
  /^\W{0,4}(?:invalid action\b|(?:i |we )?(?:did not|didn't|do not|don't|could not|couldn't|cannot) (?:understand|parse|recogni[sz]e)\b|your (?:last |previous )?(?:reply|response|output|message|answer|action) [^.\n]{0,40}\b(?:neither|no|not|nothing|lacks?|missing|invalid|malformed|must)\b|(?:your|the) (?:last )?(?:reply|response|output|message|action|command|format) (?:could not|couldn't|cannot|is not|was not|must|does not|did not|has to)\b|error in code parsing|code parsing (?:failed|error)|please (?:always )?(?:provide|use|give|write|reply|respond|answer|follow|include)\b[^\n]{0,60}\b(?:format|action|exactly|valid|tags?)\b|(?:could not|couldn't|unable to|failed to|error) (?:parse|decod|pars)(?:e|ing)? (?:your|the|llm|model|agent|tool|function)?\s?(?:output|response|reply|action|arguments?|code|call|blob)|unrecogni[sz]ed (?:action|command)|no (?:valid )?(?:action|code|tool call) (?:was )?(?:found|detected))/i;

function formOfFields(fields: readonly TopField[]): ResultForm | null {
  if (fields.length === 0) return null;
  let says = 0;
  let filled = 0;
  let empty = 0;
  for (const { name, value } of fields) {
    const key = name.toLowerCase();
    if (isErrorField(key, value)) {
      return FOUND_NOTHING.test(value) ? 'empty' : 'error';
    }
    if (/^(?:success|ok|succeeded)$/.test(key) && /^false$/i.test(value))
      return failedOrEmpty(fields);
    if (value === '') empty++;
    else if (FOUND_NOTHING.test(value)) says++;
    else if (value !== '0' && !ABOUT.test(key)) filled++;
  }
  return filled === 0 && empty + says > 0 ? 'empty' : null;
}

/** Fields that describe the lookup, not what it found. */
const ABOUT = /^(?:message|status|detail|query|total|count|input|success|ok|page|limit)$/;

const failedOrEmpty = (fields: readonly TopField[]): ResultForm =>
  fields.some(({ value }) => FOUND_NOTHING.test(value)) ? 'empty' : 'error';

function isErrorField(key: string, value: string): boolean {
  if (/^(?:error|errors|exception|error_?message|error_?code|traceback)$/.test(key))
    return value !== '' && !/^(?:false|0|none|null)$/i.test(value);
  if (key === 'iserror' || key === 'is_error') return /^true$/i.test(value);
  if (key.endsWith('status') || key === 'status_code' || key === 'statuscode')
    return /^(?:failed|failure|error|[45]\d\d)$/i.test(value);
  if (/^(?:exit_?code|return_?code|exit_?status)$/.test(key)) return /^-?[1-9]/.test(value);
  return false;
}

/** The exit code that a shell reports at either end of its output; 0 where none is reported. */
function exitCode(text: string): number {
  const ends = text.length <= 400 ? text : `${text.slice(0, 200)}\n${text.slice(-200)}`;
  const match = EXIT.exec(ends);
  return match === null ? 0 : Number(match[1] ?? match[2]);
}

const EXIT =
  /<(?:returncode|exit_?code)>\s{0,5}(-?\d{1,5})|\bexit(?:ed)?(?: with)?(?: code| status)\s{0,2}[:=]?\s{0,2}(-?\d{1,5})\b/i;
