import { useWorkspaceOrNull } from '../workspace/workspace.tsx';

/** The title of a cause by its id; the id where the cause is not there now. */
export type Titles = (cause: string) => string;

/** Titles of causes, merged ones and those of other levels included. */
export function useTitles(): Titles {
  const workspace = useWorkspaceOrNull();
  return (id) => {
    const { clusters = [], otherClusters = [] } = workspace?.model.data.analysis ?? {};
    return (
      workspace?.decisions.causes.get(id)?.title ??
      [...clusters, ...otherClusters].find((cluster) => cluster.id === id)?.title ??
      id
    );
  };
}
