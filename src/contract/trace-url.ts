import * as z from 'zod';
import { SLOT, traceAddress } from './trace-address.ts';

/** Address of a trace in the tool that recorded it, with `{trace_id}` for its id. */
export const traceUrlSchema = z
  .string()
  .max(2_000)
  .refine(isTemplate, {
    error: `must be an http or https address with ${SLOT} in it once, after the host`,
  });

/** Two ids must give two addresses of one host. */
function isTemplate(template: string): boolean {
  if (template.split(SLOT).length !== 2) return false;
  const one = URL.parse(traceAddress(template, 'a'));
  const other = URL.parse(traceAddress(template, 'b'));
  return (
    one !== null &&
    other !== null &&
    /^https?:$/.test(one.protocol) &&
    one.origin === other.origin &&
    one.username === other.username &&
    one.password === other.password &&
    one.href !== other.href
  );
}
