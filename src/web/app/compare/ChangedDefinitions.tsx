import type { ReactNode } from 'react';
import type { CauseChange } from '../../../contract/diff.ts';
import { diffHash } from '../../change/model/diff-route.ts';
import { Card } from '../../parts/Card.tsx';
import { Coded } from '../../parts/Coded.tsx';
import type { ChangedDefinition } from './compare-queries.ts';

/** Causes that are named with a definition. */
const MOST = 5;

/** The lines of prompts and tools that differ between the sides, each with the causes that are new or grew with it. */
export function ChangedDefinitions(props: {
  readonly definitions: readonly ChangedDefinition[];
  /** New and grown ones. */
  readonly causes: readonly CauseChange[];
  /** Whether the causes are named. */
  readonly withCauses: boolean;
}): ReactNode {
  const { definitions, causes, withCauses } = props;
  if (definitions.length === 0) return null;
  return (
    <Card title="What was changed" aside="prompts and tools" className="definitions" flush>
      {definitions.map((definition) => {
        const { kind, name, before, after, hunks } = definition;
        const own = withCauses ? causes.filter((cause) => isAbout(definition, cause)) : [];
        return (
          <section key={`${kind} ${name}`} aria-label={`${kind} ${name}`}>
            <h3>
              <span className="dim">{kind}</span> <b dir="auto">{name}</b>{' '}
              <span className="dim">
                {before === null
                  ? `new in ${after}`
                  : after === null
                    ? 'not there any more'
                    : `${before} → ${after}`}
              </span>
            </h3>
            {hunks.map((hunk) => (
              <pre key={hunk.fromLine} className="lines">
                {numbered(hunk.lines).map(({ at, kind: change, text }) => (
                  <span key={at} data-change={change}>
                    <span className="line-mark">{MARKS[change]}</span>
                    {text}
                    {'\n'}
                  </span>
                ))}
              </pre>
            ))}
            {own.length > 0 && (
              <p className="card-note">
                New or grown with it:{' '}
                {own.slice(0, MOST).map((cause, at) => (
                  <span key={cause.id}>
                    {at > 0 && ', '}
                    <a className="link" href={diffHash({ kind: 'cause', id: cause.id })}>
                      <Coded text={cause.title} />
                    </a>
                  </span>
                ))}
                . That it made them so is a hypothesis: a run without the change would tell.
              </p>
            )}
          </section>
        );
      })}
    </Card>
  );
}

const MARKS = { same: ' ', removed: '−', added: '+' } as const;

const numbered = (lines: ChangedDefinition['hunks'][number]['lines']) =>
  lines.map((line, at) => ({ at, ...line }));

/** A prompt may be behind any cause, a tool behind those that name it. */
export const isAbout = ({ kind, name }: ChangedDefinition, { title }: CauseChange): boolean =>
  kind === 'prompt' || title.includes(`\`${name}\``);
