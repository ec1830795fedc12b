import type { Alert } from '../../../contract/alert.ts';

/** Sends one message; rejects with why it could not. */
export type SendAlert = (alert: Alert, id: string) => Promise<void>;
