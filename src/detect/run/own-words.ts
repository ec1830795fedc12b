/**
 * A user's message with everything that the user only passes on blanked out, so that positions stay: fenced and tagged
 * blocks, quotations, quoted mail, JSON, and what follows a label such as `Context:`, `Ticket 2:` or `Tool result:` up to
 * the question about it. What a document or a program says is not what the user says.
 */
export function ownWords(text: string): string {
  if (isJson(text)) return blank(text);
  return MATERIAL.reduce((left, pattern) => left.replace(pattern, blank), text);
}

const MATERIAL: readonly RegExp[] = [
  /(```|~~~|"""|''')[\s\S]{0,4000}?(?:\1|$)/g,
  /<([a-z][\w-]{0,30})\b[^>]{0,200}>[\s\S]{0,4000}?<\/\1>/gi,
  /^[ \t]{0,3}>.*$/gm,
  // A passage, not a word in quotation marks.
  /[“«][^”»]{25,4000}[”»]|"[^"\n]{25,2000}"/g,
  /^[ \t*#-]{0,6}(?:(?:retrieved|provided|customer|user|tool|function|command|search|original|source) )?(?:context|documents?|passages?|excerpts?|sources?|articles?|e-?mails?|mail|tickets?|reviews?|transcript|conversation|chat log|logs?|(?:std)?out(?:put)?|stderr|observation|results?|response|traceback|text|content|data)(?: ?#?\d{1,4}| from .{1,60})?[*]{0,2}:[\s\S]{0,4000}?(?=\n[ \t*#]{0,4}(?:question|query|task|instructions?|request)\b[^\n]{0,20}:|$(?![\s\S]))/gim,
];

const blank = (passage: string): string => ' '.repeat(passage.length);

function isJson(text: string): boolean {
  const start = text.trimStart();
  if (!/^[{[]\s{0,20}["{[\]}]/.test(start)) return false;
  return /[}\]]\s*$/.test(text) || start.length > 1000;
}
