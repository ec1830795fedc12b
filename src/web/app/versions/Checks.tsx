import type { ReactNode } from 'react';
import { plural } from '../../../text/format.ts';
import { moment } from '../../../text/moments.ts';
import { Card } from '../../parts/Card.tsx';
import { Coded } from '../../parts/Coded.tsx';
import { Tag } from '../../parts/Tag.tsx';
import { useNavigation } from '../../report/hooks/links.ts';
import { useAsking } from '../client/asking.ts';
import { searchOf } from '../compare/sides.ts';
import { pathOf } from '../workspace/addresses.ts';
import type { VersionCheck } from './versions-queries.ts';

/** What each new version changed, by the comparison that began by itself. */
export function Checks(props: { readonly checks: readonly VersionCheck[] }): ReactNode {
  const { checks } = props;
  return (
    <Card title="What new versions changed" aside="each is compared once, by itself" flush>
      {checks.length === 0 ? (
        <p className="card-note">
          No version is new since watching began. The next one is compared with the one before as
          soon as both have enough traces.
        </p>
      ) : (
        <ul className="version-checks">
          {checks.map((check) => (
            <Check key={`${check.environment} ${check.prompt} ${check.value}`} check={check} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Check(props: { readonly check: VersionCheck }): ReactNode {
  const { value, environment, prompt, from, at, text, grown, sides, session } = props.check;
  const { project } = useAsking();
  const { address, href } = useNavigation();
  const [kind, word] = stateOf(props.check);
  return (
    <li>
      <b dir="auto">{value}</b> <Tag kind={kind}>{word}</Tag>{' '}
      <span className="dim small" dir="auto">
        {[
          ...(from === null ? [] : [`after ${from}`]),
          ...(environment === '' ? [] : [environment]),
          ...(prompt === '' ? [] : [prompt]),
          ...(at === null ? [] : [`${moment(Date.parse(at))} UTC`]),
        ].join(', ')}
      </span>
      <span className="second">
        <Coded text={text} />
      </span>
      {grown.length > 0 && (
        <span className="second version-grown">
          {grown.map((cause) => (
            <span key={cause.id}>
              {cause.state}:{' '}
              <a
                className="link"
                href={href({ ...address, route: { kind: 'cluster', id: cause.id } })}
              >
                <Coded text={cause.title} />
              </a>
            </span>
          ))}
        </span>
      )}
      {(props.check.state === 'done' || session !== null) && (
        <span className="actions version-links">
          {sides !== null && (
            <a className="link" href={`${pathOf(project, '/compare')}${searchOf(sides)}`}>
              What changed, with the lines of prompts and tools
            </a>
          )}
          {session !== null && (
            <a className="link" href={pathOf(project, `/sessions/${session}`)}>
              The session about it
            </a>
          )}
        </span>
      )}
    </li>
  );
}

type Kind = 'new' | 'fail' | 'pass' | 'unsure' | undefined;

function stateOf({ state, grown, open }: VersionCheck): readonly [Kind, string] {
  switch (state) {
    case 'first':
      return [undefined, 'the first'];
    case 'waiting':
      return ['unsure', 'too little yet'];
    case 'comparing':
      return ['new', 'comparing'];
    case 'failed':
      return ['fail', 'not compared'];
    case 'done':
      if (grown.length > 0) return ['fail', `${plural(grown.length, 'cause')} new or grown`];
      return open > 0 ? ['unsure', 'cannot tell all'] : ['pass', 'nothing grew'];
    default: {
      const never: never = state;
      return never;
    }
  }
}
