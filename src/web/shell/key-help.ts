/** Keys, separated by spaces, and what they do. */
export type KeyHelp = readonly [keys: string, meaning: string];

/** The keys of one screen, under its name. */
export type KeySection = readonly [name: string, keys: readonly KeyHelp[]];
