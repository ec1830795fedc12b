/** Where a command prints and what it has to close. */
export interface Surroundings {
  /** Receives what has to be closed in the end. */
  readonly onOpen: (opened: { readonly close: () => Promise<void> }) => void;
  /** Prints a line to standard error. */
  readonly say: (line: string) => void;
}
