/** Where a trace was recorded; null without a template, or if the template is no web address. */
export function traceLink(template: string | null, id: string): string | null {
  if (template === null || !/^https?:\/\//i.test(template)) return null;
  return template.replaceAll('{trace_id}', encodeURIComponent(wellFormed(id)));
}

/** Half of a surrogate pair has no encoding. */
const wellFormed = (text: string): string =>
  text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
