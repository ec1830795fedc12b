import type * as z from 'zod';

type Issue = z.core.$ZodIssue;

/**
 * What is wrong with a value and where, in plain words: `categories.0.id: must be text`. Of a union it is the
 * complaint of the form that came nearest, or what every form wants. The first `skip` steps of the place are left out.
 */
export function plainIssue(issue: Issue, skip = 0): string {
  const place = issue.path.slice(skip).map(String).join('.');
  const text = phrase(issue);
  return place === '' ? text : `${place}: ${text}`;
}

function phrase(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${TYPES[issue.expected] ?? issue.expected}`;
    case 'too_small':
      return sized(issue.origin, 'at least', Number(issue.minimum));
    case 'too_big':
      return sized(issue.origin, 'at most', Number(issue.maximum));
    case 'invalid_value':
      return `must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
    case 'unrecognized_keys':
      return `there is no field ${issue.keys.join(', ')}`;
    case 'invalid_union':
      return nearest(issue.errors);
    case 'invalid_key':
    case 'invalid_element':
      return issue.issues[0] === undefined ? 'cannot be read' : plainIssue(issue.issues[0]);
    default:
      return issue.message;
  }
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

function sized(origin: string, bound: 'at least' | 'at most', size: number): string {
  if (origin === 'string')
    return size === 1 ? 'must not be empty' : `must have ${bound} ${size} characters`;
  if (origin === 'array')
    return size === 1 && bound === 'at least'
      ? 'must not be empty'
      : `must have ${bound} ${size} items`;
  return `must be ${bound} ${size}`;
}

function nearest(forms: readonly (readonly Issue[])[]): string {
  const [deepest] = forms.flat().toSorted((a, b) => b.path.length - a.path.length);
  if (deepest !== undefined && deepest.path.length > 0) return plainIssue(deepest);
  const wants = forms.flatMap(([first]) => (first === undefined ? [] : [phrase(first)]));
  return wants
    .map((want, index) => (index === 0 ? want : want.replace(/^must be /, '')))
    .join(' or ');
}
