import { traceAddress } from '../../../contract/trace-address.ts';

/** Where a trace was recorded; null without a template, or if the template is no web address. */
export const traceLink = (template: string | null, id: string): string | null =>
  template === null || !/^https?:\/\//i.test(template) ? null : traceAddress(template, id);
