/** What asking the label model about a cause asks for. */
export const NARRATE = 'POST /causes/{id}/narrative';
