/** A failure of the platform, not of the application's logic. */
export interface InfrastructureError {
  readonly kind: string;
  /** What happened, in a few words for people. */
  readonly description: string;
  /** The words that show it, verbatim. */
  readonly text: string;
}

/** The infrastructure error that an error text reports, by its wording; null when it reports none. */
export function infrastructureErrorIn(text: string): InfrastructureError | null {
  const head = text.slice(0, 2000);
  if (!PREFILTER.test(head)) return null;
  for (const { kind, description, pattern } of KINDS) {
    const match = pattern.exec(head);
    if (match !== null) return { kind, description, text: match[0] };
  }
  return null;
}

const PREFILTER =
  /[45]\d\d|auth|api.?key|credential|token|forbidden|permission|rate|quota|throttl|too many|overload|time|deadline|connect|network|dns|socket|gateway|unavailable|internal|server|not.?found|not exist|no such|no module|memory|disk|ssl|certificate|billing|credit/i;

/** A number that is labeled as a status code; a bare one may be a price. */
const status = (codes: string): string =>
  `(?:\\b(?:HTTP(?:/\\d(?:\\.\\d)?)?|status(?:[_ ]?code)?|error(?:[_ ]?code)?|code)["']?[ :=(]{1,4}["']?(?:error )?(?:${codes})\\b|\\b(?:${codes}) (?:client |server )?error\\b|\\b(?:${codes})[ :-]{1,3}(?:too many|unauthori[sz]ed|forbidden|not found|gone|request|bad gateway|service|internal|gateway)\\b)`;

interface Kind {
  readonly kind: string;
  readonly description: string;
  readonly pattern: RegExp;
}

const infrastructureKind = (
  kind: string,
  description: string,
  ...patterns: readonly string[]
): Kind => ({ kind, description, pattern: new RegExp(patterns.join('|'), 'im') });

const KINDS: readonly Kind[] = [
  infrastructureKind(
    '429',
    'rate limit reached',
    status('429'),
    '\\brate[ _-]?limit(?:s|ed|ing|_exceeded|error)?\\b(?! (?:of|is|for) )',
    '\\b\\w{0,20}RateLimit(?:Error|Exceeded|Exception)\\b',
    'too many requests',
    'throttl(?:ed|ing)(?:exception)?\\b',
    '\\bretry[- ]after\\b',
  ),
  infrastructureKind(
    'quota',
    'quota used up',
    '\\b(?:insufficient|exceeded (?:your |the )?(?:current )?)_?quota\\b',
    '\\bquota (?:has been )?exceeded\\b',
    '\\bresource[ _]?exhausted\\b',
    'credit balance is too low',
    'billing (?:hard )?limit',
    status('402'),
  ),
  infrastructureKind(
    'auth',
    'not authorized',
    status('401|403|407'),
    '\\b(?:invalid|incorrect|missing|expired|no|bad)[ _](?:or missing )?(?:api[ _-]?key|access[ _]token|auth(?:entication|orization)?[ _](?:token|key|header|credentials?)|credentials|bearer token)\\b',
    '\\bapi[ _-]?key (?:is )?(?:invalid|missing|expired|not (?:set|found|provided|valid)|required)',
    '\\bauth(?:entication|orization)(?:[ _](?:failed|error|required)|Error|Exception)\\b',
    '\\b(?:unauthorized|unauthenticated)\\b',
    '\\bPermissionDenied(?:Error)?\\b',
    '\\b(?:403 forbidden|access is forbidden)\\b',
    '\\btoken (?:has )?expired\\b',
  ),
  infrastructureKind(
    'timeout',
    'timed out',
    status('408|504|524'),
    '\\btimed?[ _-]?out\\b(?! (?:of|for|in|to|period)\\b)',
    '\\b\\w{0,30}Timeout(?:Error|Exception|Expired)?\\b(?=[:( .]|$)',
    '\\bdeadline[ _]?exceeded\\b',
    '\\bETIMEDOUT\\b',
    '\\b(?:maximum|max) execution time\\b',
  ),
  infrastructureKind(
    'overloaded',
    'service unavailable',
    status('503|529'),
    '\\boverloaded(?:_error)?\\b',
    '\\bservice (?:is )?(?:temporarily )?unavailable\\b',
    '\\bat capacity\\b',
    'server is busy',
  ),
  infrastructureKind(
    '5xx',
    'server error',
    status('50\\d|51[01]|52\\d|530'),
    '\\binternal[ _]server[ _]error\\b',
    '\\bbad gateway\\b',
    '\\bInternalServerError\\b',
    '\\bgateway error\\b',
  ),
  infrastructureKind(
    'connection',
    'no connection',
    '\\bE(?:CONNREFUSED|CONNRESET|NOTFOUND|AI_AGAIN|PIPE|HOSTUNREACH|NETUNREACH)\\b',
    '\\bconnection (?:was |has been )?(?:refused|reset|aborted|closed|error|failed|lost)\\b',
    '\\b\\w{0,30}Connection(?:Error|Refused|RefusedError|ResetError|Exception)\\b',
    '\\b(?:network|socket) (?:is )?(?:error|unreachable|hang up)\\b',
    '\\b(?:could not|failed to|unable to|cannot) (?:connect|resolve host|reach (?:the )?(?:server|host))\\b',
    '\\b(?:name or service not known|getaddrinfo failed|max retries exceeded|failed to establish a new connection|fetch failed)\\b',
    '\\b(?:ssl|certificate)[ _]?(?:error|verif\\w{1,10} failed)\\b',
  ),
  infrastructureKind(
    'not found',
    'resource not found',
    status('404|410'),
    '\\b(?:model|deployment|endpoint|route|url|page|host|resource) (?:[`\'"]?[\\w./-]{1,80}[`\'"]? )?(?:was |is |could )?not (?:be )?found\\b',
    '\\b(?:model|deployment)[`\'"]? ?(?:[`\'"]?[\\w./-]{1,80}[`\'"]? )?does not exist\\b',
    '\\bFileNotFoundError\\b',
    '\\bno such file or directory\\b',
    '\\bModuleNotFoundError\\b',
    '\\bno module named\\b',
    '\\bcommand not found\\b',
  ),
  infrastructureKind(
    'resources',
    'out of memory or disk space',
    '\\bout of memory\\b',
    '\\bMemoryError\\b',
    '\\bOOM(?:Killed)?\\b',
    'no space left on device',
    '\\bdisk quota\\b',
  ),
];

/** The infrastructure error that a tool result reports; null where the result does not begin like an error. */
export const infrastructureErrorInResult = (content: string): InfrastructureError | null =>
  looksLikeError(content) ? infrastructureErrorIn(content) : null;

/** Tool results are data that may mention errors; only those that begin like an error are one. */
export const looksLikeError = (content: string): boolean =>
  ERROR_HEAD.test(content.slice(0, 400)) || (content.length < 300 && /\bTraceback\b/.test(content));

const ERROR_HEAD =
  /^\W{0,10}(?:\w{1,40}(?:Error|Exception|Expired)\b|error\b|exception\b|failed\b|failure\b|unauthorized|forbidden|traceback|timed? ?out|rate limit|too many requests|internal server|bad gateway|service unavailable|connection|HTTP\S{0,5} [45]\d\d|\W{0,5}(?:status|status_code|statusCode|code)\W{1,6}[45]\d\d)|^\s{0,10}\{.{0,200}"(?:error|errors|exception|error_message)"\s{0,5}:\s{0,5}(?!null|false|""|\[\])/is;
