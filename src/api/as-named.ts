/** Names options as code does: an error of the command line names flags instead. */
export const asNamed = (option: string): string => option;
