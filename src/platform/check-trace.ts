import { CulpritError } from '../contract/culprit-error.ts';
import type { Trace } from '../contract/trace.ts';

/**
 * The value as a trace, if it has the form that `readTraces` gives; `what` names it in the error.
 * @throws CulpritError `invalid_input` naming the first field that is missing or of another type.
 */
export function checkTrace(value: unknown, what: string): Trace {
  const fault = faultIn(value, TRACE, '');
  if (fault === null) return value as Trace;
  throw new CulpritError(
    'invalid_input',
    `${what} is not a Trace (${fault}): give traces as readTraces returns them`,
  );
}

/** The types of fields; a list of one says what the items of a list are. */
interface Form {
  readonly [field: string]: 'text' | 'a list' | 'an object' | readonly [Form];
}

const TRACE: Form = {
  id: 'text',
  input: 'text',
  output: 'text',
  status: 'text',
  tags: 'a list',
  metadata: 'an object',
  usage: 'an object',
  origin: 'an object',
  gaps: 'a list',
  messages: [{ role: 'text', content: 'text', toolCalls: [{ name: 'text' }] }],
  tools: [{ name: 'text', description: 'text' }],
  documents: [{ content: 'text' }],
  scores: [{ name: 'text' }],
  spans: [
    {
      id: 'text',
      name: 'text',
      kind: 'text',
      input: 'text',
      output: 'text',
      documents: [{ content: 'text' }],
      usage: 'an object',
      attributes: 'an object',
    },
  ],
};

function faultIn(value: unknown, form: Form, place: string): string | null {
  if (typeof value !== 'object' || value === null)
    return place === '' ? 'it must be an object' : `${place} must be an object`;
  for (const [field, type] of Object.entries(form)) {
    const at = place === '' ? field : `${place}.${field}`;
    const fault = faultOf((value as Readonly<Record<string, unknown>>)[field], type, at);
    if (fault !== null) return fault;
  }
  return null;
}

function faultOf(value: unknown, type: Form[string], at: string): string | null {
  if (type === 'text') return typeof value === 'string' ? null : `${at} must be text`;
  if (type === 'an object')
    return typeof value === 'object' && value !== null ? null : `${at} must be an object`;
  if (!Array.isArray(value)) return `${at} must be a list`;
  return type === 'a list' ? null : faultInItems(value, type[0], at);
}

function faultInItems(items: readonly unknown[], form: Form, at: string): string | null {
  for (const [index, item] of items.entries()) {
    const fault = faultIn(item, form, `${at}.${index}`);
    if (fault !== null) return fault;
  }
  return null;
}
