/** Whether a tool's result reports a failure rather than data: judged by how it begins, since data may speak of errors. */
export function isToolError(text: string): boolean {
  const head = text.slice(0, 300);
  return ERROR_HEAD.test(head) || ERROR_FIELD.test(head) || TRACEBACK.test(head);
}

const ERROR_HEAD =
  /^[\s"'[{<(]{0,8}(?:[A-Za-z_.]{0,60}(?:Error|Exception)\b|error\b|exception\b|failed\b|failure\b|invalid\b|unable to\b|cannot\b|can't\b|could not\b|not found\b|no such\b|unknown\b|missing\b|unauthorized\b|forbidden\b|bad request\b|HTTP\S{0,5} [45]\d\d|[45]\d\d\b(?= [A-Za-z]))/i;
const ERROR_FIELD =
  /^\s{0,5}\{[^{}]{0,200}?["'](?:error|errors|exception|error_message|error_code)["']\s{0,3}:\s{0,3}(?!null|none|false|""|''|\[\]|\{\}|0\b)|["'](?:status|status_code|statusCode|code)["']\s{0,3}:\s{0,3}["']?(?:[45]\d\d\b|error|failed|failure)/i;
const TRACEBACK = /^Traceback \(most recent call last\)/m;
