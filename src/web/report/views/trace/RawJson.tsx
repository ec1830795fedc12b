import { type ReactNode, useMemo } from 'react';
import { parseJson } from '../../../../text/json.ts';
import { Card } from '../../../parts/Card.tsx';
import { useArchive } from '../../hooks/use-archive.ts';
import type { ReportModel } from '../../model/report-model.ts';

/** The recorded trace in canonical form. */
export function RawJson(props: { readonly model: ReportModel; readonly id: string }): ReactNode {
  const { model, id } = props;
  const archive = useArchive();
  const at = model.rawById.get(id);
  const raw = at === undefined ? undefined : archive?.raw[at];
  const text = useMemo(() => {
    const value = raw === undefined ? undefined : parseJson(raw);
    return value === undefined ? raw : JSON.stringify(value, null, 2);
  }, [raw]);
  return (
    <Card title="Raw JSON" className="raw" flush>
      {text === undefined ? (
        <p className="card-note">
          {archive === null ? 'One moment.' : 'Only examples include their raw form.'}
        </p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard
        <pre tabIndex={0}>{text}</pre>
      )}
    </Card>
  );
}
