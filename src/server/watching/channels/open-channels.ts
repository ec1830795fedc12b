import type { Channel, Operator } from '../../../contract/operator.ts';
import type { SendAlert } from './channel.ts';
import { email } from './email.ts';
import { runCommand } from './run-command.ts';
import { slack } from './slack.ts';
import { webhook } from './webhook.ts';

export const NO_OPERATOR: Operator = {
  channels: {},
  judges: {},
  guards: {},
  labelModel: null,
  allowPrivateAddresses: false,
};

/** The channels of the operator, by name. */
export interface Channels {
  readonly list: readonly { readonly name: string; readonly kind: Channel['kind'] }[];
  /** Null where there is no such channel any more. */
  readonly find: (
    name: string,
  ) => { readonly kind: Channel['kind']; readonly send: SendAlert } | null;
}

export function openChannels(
  { channels, allowPrivateAddresses: allowPrivate }: Operator,
  clock: () => number,
): Channels {
  const sender = (channel: Channel): SendAlert => {
    switch (channel.kind) {
      case 'webhook':
        return webhook(channel.url, channel.secret, { allowPrivate, clock });
      case 'slack':
        return slack(channel.url, allowPrivate);
      case 'email':
        return email({ ...channel, allowPrivate });
      case 'command':
        return runCommand(channel.command);
      default: {
        const never: never = channel;
        return never;
      }
    }
  };
  const open = new Map(
    Object.entries(channels).map(([name, channel]) => [
      name,
      { kind: channel.kind, send: sender(channel) },
    ]),
  );
  const list = [...open].map(([name, { kind }]) => ({ name, kind }));
  return {
    list: list.sort((a, b) => (a.name < b.name ? -1 : 1)),
    find: (name) => open.get(name) ?? null,
  };
}
