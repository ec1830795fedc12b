import type { Delivery, WatchStore } from '../../store/workspace/workspace.ts';
import type { Channels } from './channels/open-channels.ts';

export interface DeliverDeps {
  readonly watch: Pick<WatchStore, 'takeDue' | 'settle'>;
  readonly channels: Channels;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

const MINUTE = 60_000;
/** Milliseconds between attempts; a message that failed after all of them is dead. */
const PAUSES = [MINUTE / 2, 2 * MINUTE, 10 * MINUTE, 60 * MINUTE, 360 * MINUTE];
/** Longer than any attempt takes: nobody else sends a message meanwhile. */
const LEASE = 5 * MINUTE;
const AT_ONCE = 20;

/** Sends the messages that are due, each to its channel; those that fail are tried again later. @returns How many. */
export async function deliverDue({ watch, channels, clock }: DeliverDeps): Promise<number> {
  const now = clock();
  const due = await watch.takeDue(now, now + LEASE, AT_ONCE);
  await Promise.all(
    due.map(async (delivery) => {
      const error = await attempt(delivery, channels);
      await watch.settle(delivery.id, outcome(delivery, error, clock()));
    }),
  );
  return due.length;
}

/** Null where it was sent. */
async function attempt(
  { channel, alert, id }: Delivery,
  channels: Channels,
): Promise<string | null> {
  const found = channels.find(channel);
  if (found === null) return `there is no channel ${channel} in the configuration of this server`;
  try {
    await found.send(alert, id);
    return null;
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).slice(0, 500);
  }
}

function outcome(
  { attempts, due }: Delivery,
  error: string | null,
  now: number,
): Parameters<WatchStore['settle']>[1] {
  if (error === null) return { state: 'sent', attempts: attempts + 1, due, error: '' };
  const pause = PAUSES[attempts];
  return pause === undefined
    ? { state: 'dead', attempts: attempts + 1, due, error }
    : { state: 'waiting', attempts: attempts + 1, due: now + pause, error };
}
