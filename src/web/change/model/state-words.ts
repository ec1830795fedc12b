import type { ChangeState } from '../../../contract/change-state.ts';

/** A state as a tag; more failures are red, fewer green. */
export const STATE_TAGS: Readonly<
  Record<ChangeState, { readonly word: string; readonly kind?: 'new' | 'fail' | 'pass' | 'unsure' }>
> = {
  new: { word: 'New', kind: 'new' },
  grown: { word: 'Grown', kind: 'fail' },
  gone: { word: 'Gone', kind: 'pass' },
  shrunk: { word: 'Shrunk', kind: 'pass' },
  'cannot tell': { word: 'Cannot tell', kind: 'unsure' },
  same: { word: 'Same' },
};

const ATTRIBUTES: Readonly<Record<string, string>> = {
  file: 'two files',
  run: 'an earlier run',
  promptVersion: 'prompt versions',
  release: 'releases',
  model: 'models',
  environment: 'environments',
  tenant: 'tenants',
  operation: 'operations',
  language: 'languages',
  day: 'days',
  hour: 'hours',
};

/** What is compared: `prompt versions`; a key of the metadata as it is. */
export const attributeWords = (by: string): string =>
  ATTRIBUTES[by] ?? by.replace(/^metadata\./, '');

/** The words for what the mix of the traffic is measured by. */
export const MIX_WORDS = {
  operation: 'operations',
  tenant: 'tenants',
  language: 'languages',
  intent: 'requests',
} as const;
