import type { ReactNode } from 'react';
import type { ChecklistItem } from '../../contract/readiness.ts';
import { count } from '../../text/format.ts';
import { copy } from '../hooks/copy.ts';
import { Button } from './Button.tsx';

/** What the traces of a source lack, each with its reason and the lines that add it, and what they carry. */
export function Checklist(props: { readonly items: readonly ChecklistItem[] }): ReactNode {
  const { items } = props;
  const missing = items.filter(({ applies, carried }) => carried < applies);
  const whole = items.filter(({ applies, carried }) => carried === applies);
  return (
    <>
      {missing.length > 0 && (
        <ul className="lacks">
          {missing.map((item) => (
            <Lack key={item.item} item={item} />
          ))}
        </ul>
      )}
      {whole.length > 0 && (
        <p className="carries">
          <span className="carries-mark" aria-hidden="true">
            ✓
          </span>
          {missing.length === 0 ? 'Its traces carry all that is looked at: ' : 'All traces carry '}
          {whole.map(({ label }) => label).join(', ')}.
        </p>
      )}
    </>
  );
}

function Lack(props: { readonly item: ChecklistItem }): ReactNode {
  const { label, why, applies, carried, lines } = props.item;
  const summary = (
    <>
      <b>{label}</b>{' '}
      <span className="lack-share">
        {carried === 0 ? 'missing' : `in ${count(carried)} of ${count(applies)}`}
      </span>{' '}
      <span className="dim">{why}</span>
    </>
  );
  if (lines.length === 0) return <li className="lack-alone">{summary}</li>;
  return (
    <li>
      <details>
        <summary>{summary}</summary>
        {lines.map(({ language, code, note }) => (
          <div key={`${language} ${code}`} className="lack-line">
            <div>
              <span className="dim small">
                {LANGUAGES[language]}
                {note === '' ? '' : `, ${note}`}
              </span>
              <Button onPress={() => copy(code, 'Copied')}>
                Copy<span className="hidden"> the line for {label}</span>
              </Button>
            </div>
            <pre className="code-lines">{code}</pre>
          </div>
        ))}
      </details>
    </li>
  );
}

const LANGUAGES: Readonly<Record<ChecklistItem['lines'][number]['language'], string>> = {
  javascript: 'JavaScript',
  python: 'Python',
  environment: 'Environment',
  http: 'Shell',
};
