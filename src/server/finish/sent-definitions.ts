import type { DefinitionRow } from '../../store/telemetry/telemetry.ts';

/** How many are stored a day. What comes beyond leaves a row that says so. */
export interface DefinitionLimits {
  /** Of one version: more differ by what was filled in. */
  readonly texts: number;
  /** Of one name: more are no versions, but prompts with data of single requests in them. */
  readonly versions: number;
  /** Of prompts and of tools of a project. */
  readonly names: number;
  /** Texts that are remembered; then all are forgotten, and stored again. */
  readonly remembered: number;
}

const DEFINITION_LIMITS: DefinitionLimits = {
  texts: 10,
  versions: 50,
  names: 1_000,
  remembered: 20_000,
};

/** Which texts were stored lately, so that each is not written for every trace. */
export interface SentDefinitions {
  /** What of a trace has to be stored. `received` is epoch milliseconds. */
  take(rows: readonly DefinitionRow[], received: number): readonly DefinitionRow[];
  /** What was stored may not have been. */
  forget(): void;
}

/** A text is stored again when it is seen so much earlier or later than known. */
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export function sentDefinitions(limits: DefinitionLimits = DEFINITION_LIMITS): SentDefinitions {
  const seen = new Map<string, { first: number; last: number }>();
  /** How many different ones are known below a project and kind, a name, a version. */
  const counts = new Map<string, number>();
  let day = 0;
  const forget = (): void => {
    seen.clear();
    counts.clear();
  };

  /** Counts a new member; false where there are enough. */
  const isCounted = (parent: string, child: string, limit: number): boolean => {
    if (counts.has(child)) return true;
    const members = counts.get(parent) ?? 0;
    if (members >= limit) return false;
    counts.set(parent, members + 1);
    counts.set(child, 0);
    return true;
  };

  /** The row, or the one that stands for all beyond a limit. */
  const bounded = (row: DefinitionRow): DefinitionRow => {
    const { project, kind, name, version, hash } = row;
    const [all, ofName, ofVersion, ofText] = [
      ...[
        [project, kind],
        [project, kind, name],
        [project, kind, name, version],
      ],
      [project, kind, name, version, hash],
    ].map((key) => JSON.stringify(key)) as [string, string, string, string];
    const beyond = { ...row, hash: '', text: '', size: 0 };
    if (!isCounted(all, ofName, limits.names)) return { ...beyond, name: '', version: '' };
    if (!isCounted(ofName, ofVersion, limits.versions)) return { ...beyond, version: '' };
    return isCounted(ofVersion, ofText, limits.texts) ? row : beyond;
  };

  const isNews = ({ project, kind, name, version, hash, first, last }: DefinitionRow): boolean => {
    const key = JSON.stringify([project, kind, name, version, hash]);
    const known = seen.get(key);
    if (known === undefined) {
      seen.set(key, { first, last });
      return true;
    }
    if (first > known.first - HOUR && last < known.last + HOUR) return false;
    known.first = Math.min(known.first, first);
    known.last = Math.max(known.last, last);
    return true;
  };

  return {
    take(rows, received) {
      const today = Math.floor(received / DAY);
      if (today !== day || seen.size > limits.remembered) forget();
      day = today;
      return rows.map(bounded).filter(isNews);
    },
    forget,
  };
}
