import type { Cause, Leftover } from '../../contract/cause.ts';
import type { Atom } from '../../contract/condition.ts';
import type { Failure } from '../../contract/failure.ts';
import type { Signal, Statement } from '../../contract/signal.ts';
import { findingKey, isTelling } from '../../text/cause.ts';
import { clauseOf, joinClauses } from '../../text/condition-statement.ts';
import { count } from '../../text/format.ts';
import { maskedTemplate, statementText } from '../../text/statement.ts';
import { slotVote } from './slot-vote.ts';
import type { Title } from './title.ts';

/** Forms of statement that a title lists; more are summed up. */
const LISTED = 2;

/**
 * Titles a cause by what its condition says: one clause for each fact, the names in it voted over the members. It is
 * true of every member. Null where the members say nothing.
 */
export function causeTitle({ condition }: Cause, members: readonly Failure[]): string | null {
  const atoms = condition.atoms.filter(({ fact }) => fact.role !== 'cause');
  if (atoms.length === 0)
    return allForms(members.flatMap(({ cause }) => (cause === null ? [] : [cause.statement])));
  const clauses = atoms.map((atom, index) => {
    const text = clause(atom, members);
    return index === 0 ? text : lowerFirst(text);
  });
  return upperFirst(joinClauses(clauses));
}

/** Titles failures that no cause explains. */
export const leftoverTitle = (
  leftover: Leftover,
  members: number,
  terms: readonly string[],
): Title =>
  leftover.isPart
    ? { text: 'Cause not yet known, similar traces', terms: terms.slice(0, 3) }
    : { text: unseparated(leftover, members), terms: [] };

function unseparated({ compared, toSettle }: Leftover, members: number): string {
  if (!compared) return 'Failed, cause not yet known';
  if (toSettle !== null && members < toSettle)
    return members === 1
      ? 'One trace is too few to tell why it failed'
      : `${count(members)} traces are too few to tell why they failed`;
  return members === 1
    ? 'Nothing separates this failed trace from the passed ones'
    : `Nothing separates these ${count(members)} failed traces from the passed ones`;
}

function clause(atom: Atom, members: readonly Failure[]): string {
  const spoken = statementText(clauseOf(atom));
  const says = statementTest(atom);
  if (says === null) return spoken;
  const said = members.flatMap(({ signals }) => signals.filter(says).map((each) => each.statement));
  return allForms(said) ?? spoken.replaceAll('…', 'something');
}

/** Which signals of a member say the fact; null for a fact that no detector says. */
function statementTest({ fact }: Atom): ((signal: Signal) => boolean) | null {
  switch (fact.kind) {
    case 'signal':
    case 'symptom':
      return ({ statement }) => maskedTemplate(statement.template) === fact.statement.template;
    case 'finding':
      return (signal) => isTelling(signal) && fact.key === findingKey(signal.detector);
    default:
      return null;
  }
}

/** One sentence that holds for all of the statements: their forms joined by `or`. */
function allForms(given: readonly Statement[]): string | null {
  const bare = given.map(({ template, slots }) => ({ template: bareOf(template), slots }));
  const isOne = bare.every(({ template }) => template === bare[0]?.template);
  const statements =
    isOne && given.some(({ template }) => template !== given[0]?.template) ? bare : given;
  const forms = [...Map.groupBy(statements, ({ template }) => template)]
    .filter(([template]) => template !== '')
    .sort(([a, { length: as }], [b, { length: bs }]) => bs - as || (a < b ? -1 : 1))
    .flatMap(([, of]) => slotVote(of, of.length) ?? []);
  if (forms.length === 0) return null;
  const listed = forms
    .slice(0, LISTED)
    .map((form, index) => (index === 0 ? form : lowerFirst(form)));
  const more = forms.length - LISTED;
  if (more <= 0) return listed.join(', or ');
  return `${listed.join(', or ')}, or ${more === 1 ? 'a similar problem' : `one of ${more} similar problems`}`;
}

/** The sentence without what stands in brackets, and without what a call failed with. */
const bareOf = (template: string): string =>
  template
    .replace(/\s?\([^)]{1,200}\)/g, '')
    .replace(/ failed with \{\d{1,2}\}/g, ' failed')
    .trim();

const upperFirst = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** Sentences begin with a capital; names and abbreviations keep theirs. */
const lowerFirst = (text: string): string =>
  /^\p{Lu}[\p{Ll} ]/u.test(text) ? text.slice(0, 1).toLowerCase() + text.slice(1) : text;
