import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { plural } from '../../../text/format.ts';
import { notify } from '../../hooks/notice.ts';
import { reasonOf, useAsking } from '../client/asking.ts';

/** A place to drop files of traces, or to choose them. */
export function ImportFiles(): ReactNode {
  const { client } = useAsking();
  const queries = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const { mutate, isPending, error } = useMutation({
    mutationFn: async (files: readonly File[]) => {
      for (const file of files)
        await client('POST /imports', { query: { name: file.name }, body: file });
      return files.length;
    },
    onSuccess: (files) => notify(`${plural(files, 'file')} imported`),
    onSettled: () => queries.invalidateQueries(),
  });
  const take = (files: FileList | null): void => {
    if (files !== null && files.length > 0 && !isPending) mutate([...files]);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  return (
    <section
      className="drop"
      aria-label="Import files"
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <button type="button" className="button" onClick={() => input.current?.click()}>
        {isPending ? 'Importing …' : 'Import files'}
      </button>
      <span className="dim small">or drop them here: any format that Culprit reads</span>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Files of traces"
        onChange={(event) => {
          take(event.target.files);
          event.target.value = '';
        }}
      />
      {error !== null && (
        <span className="fail-text" role="alert">
          {reasonOf(error)}
        </span>
      )}
    </section>
  );
}
