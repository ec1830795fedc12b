import type { ReactNode } from 'react';
import { count } from '../../../text/format.ts';
import { stepText, type Work } from './SessionState.tsx';

const STEPS = ['collect', 'detect', 'embed', 'group', 'label'] as const;

/** Each step of an analysis, and how far the present one is. */
export function Steps(props: { readonly work: Work }): ReactNode {
  const { progress } = props.work;
  const at = (STEPS as readonly string[]).indexOf(progress?.step ?? '');
  return (
    <>
      <ol className="session-steps" aria-label="Steps">
        {STEPS.map((step, i) => (
          <li
            key={step}
            data-state={i < at ? 'done' : i === at ? 'now' : 'next'}
            aria-current={i === at ? 'step' : undefined}
          >
            <span>{stepText({ state: 'running', progress: { step } })}</span>
            {i === at && progress !== null && (
              <>
                <progress
                  aria-label={step}
                  {...(progress.total != null && { max: progress.total, value: progress.done })}
                />
                <span className="dim small">
                  {progress.total == null
                    ? count(progress.done ?? 0)
                    : `${count(progress.done ?? 0)} of ${count(progress.total)}`}
                </span>
              </>
            )}
          </li>
        ))}
      </ol>
      <p className="dim">
        This page updates by itself. If the server stops, the work continues when it is back.
      </p>
    </>
  );
}
