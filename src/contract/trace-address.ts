/** Stands for the id in an address of traces. */
export const SLOT = '{trace_id}';

/** The address of one trace; its id is encoded, so that it stays one part of the path or one value of the query. */
export const traceAddress = (template: string, id: string): string =>
  template.replace(SLOT, () => encodeURIComponent(id.toWellFormed()));
