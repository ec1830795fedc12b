/** Where a short answer says that it was given no text to work on; null when it does not. */
export const deniesPassage = (answer: string): string | null =>
  answer.length > LONGEST ? null : (DENIES.exec(answer)?.[0] ?? null);

const LONGEST = 600;
const TEXT = '(?:passage|text|article|document|content|transcript|attachment)s?';
const GIVEN = '(?:provided|given|included|attached|shared)';
const DENIES = new RegExp(
  [
    `\\bthere (?:is|was) no ${TEXT} (?:${GIVEN}|to summari[sz]e)`,
    `\\bno ${TEXT} (?:was|has been|is) ${GIVEN} (?:to me|in your|with your|for me)`,
    `\\bI (?:do not|don['\u2019]t|cannot|can['\u2019]t) see (?:a|any|the) ${TEXT}`,
    `\\byou (?:have not|haven['\u2019]t|did not|didn['\u2019]t) (?:provide|include|attach|share|paste)d? (?:me with )?(?:a|any|the) (?:actual )?${TEXT}`,
  ].join('|'),
  'i',
);
