/** Whether a tool's result reports a failure rather than data: judged by how it begins, since data may mention errors. */
export function isToolError(text: string): boolean {
  const head = text.slice(0, 300).replace(PREFACE, '');
  return ERROR_HEAD.test(head) || ERROR_FIELD.test(head) || TRACEBACK.test(head);
}

/** Lines that frameworks put before a result. */
const PREFACE = /^(?:\s*(?:call id|tool(?: name| call id)?|role|name)\s?:[^\n]{0,120}\n){1,4}/i;

const ERROR_HEAD =
  /^[\s"'[<(]{0,8}(?:[A-Za-z_.]{0,60}(?:Error|Exception)\b|error\b|exception\b|failed\b|failure\b|invalid\b|unable to\b|cannot\b|can't\b|could not\b|not found\b|no such\b|unknown\b|missing\b|unauthorized\b|forbidden\b|bad request\b|HTTP\S{0,5} [45]\d\d|[45]\d\d\b(?= [A-Za-z]))/i;
const ERROR_FIELD =
  /^\s{0,5}\{[^{}]{0,200}?["'](?:error|errors|exception|error_message|error_code)["']\s{0,3}:(?!\s{0,3}(?:null|none|false|""|''|\[\]|\{\}|0\b))|["'](?:status|status_code|statusCode|code)["']\s{0,3}:\s{0,3}["']?(?:[45]\d\d\b|error|failed|failure)/i;
const TRACEBACK = /^Traceback \(most recent call last\)/m;

/** The error itself, without the lines that frameworks put before it. */
export const errorText = (text: string): string =>
  text
    .slice(0, 2_000)
    .replace(PREFACE, '')
    .replace(/^\s{0,10}Error:\s{0,10}/i, '');

/** How a tool turned down the very form of its arguments, in its own words; null when it complains of something else. */
export function rejection(text: string): string | null {
  return REJECTED.exec(text.slice(0, 2_000))?.[0] ?? null;
}

const REJECTED =
  /got an unexpected keyword argument|unexpected (?:keyword )?(?:argument|parameter|property|field)|missing \d{1,2} required (?:positional|keyword-only) arguments?|missing (?:a )?required (?:positional )?(?:argument|parameter|property|field)s?|(?:is a|required) required property|field required|(?:input|arguments?|parameters?) (?:validation|schema) (?:error|failed)|\d{1,3} validation errors? for|invalid (?:arguments?|parameters?|schema|json)\b|(?:could not|failed to|cannot|unable to) (?:parse|decode) (?:the )?(?:arguments?|parameters?|json)|additional properties are not allowed|does not match (?:the )?schema|\bis not of type\b/i;

/** The code that an agent wrote does not parse. */
export function syntaxError(text: string): string | null {
  return SYNTAX.exec(text.slice(0, 2_000))?.[0] ?? null;
}

const SYNTAX =
  /(?:error in code parsing|code parsing failed|SyntaxError\b|IndentationError\b|unexpected token|unterminated string)[^\n]{0,80}/i;

/** The runtime says that there is no tool of this name. */
export const isUnknownTool = (text: string): boolean => UNKNOWN_TOOL.test(text.slice(0, 400));

const UNKNOWN_TOOL =
  /\b(?:unknown|invalid|no such|not a valid|unrecognized|undefined|nonexistent|unsupported)\s(?:tool|function)\b|\b(?:tool|function)\b[^\n]{0,80}?\b(?:not found|does not exist|doesn't exist|is not (?:defined|available|registered|a valid|known)|not (?:available|registered|recognized))/i;

/** How a tool turned down a value, in its own words; null when it complains of something else or merely found nothing. */
export function refusedValue(text: string): string | null {
  const head = errorText(text).slice(0, 400);
  return FOUND_NOTHING.test(head) ? null : (REFUSED.exec(head)?.[0] ?? null);
}

const FOUND_NOTHING =
  /\bno (?:\w{1,20} ){0,3}(?:found|match(?:es|ing)?|results?|available)\b|\b(?:timed? ?out|connection|unauthorized|forbidden|permission|rate limit|(?:http\S{0,5} |status\W{0,3}|code\W{0,3})5\d\d)\b/i;
const REFUSED =
  /\bnot[ _]found\b|\bdoes(?: not|n't) exist\b|\bno such\b|\binvalid\b|\bnot (?:a )?valid\b|\bvalidation errors?\b|\bnot in (?:the )?(?:allowed )?list\b|\bmust (?:not )?be\b|\bout of range\b|\bunrecogni[sz]ed\b|\bdoes not (?:match|add up|belong)\b/i;
