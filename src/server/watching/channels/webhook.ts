import { createHmac } from 'node:crypto';
import type { SendAlert } from './channel.ts';
import { postJson } from './post.ts';

export interface WebhookDeps {
  readonly allowPrivate: boolean;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

/**
 * Posts the alert as JSON, signed as standardwebhooks.com describes: HMAC-SHA256 of `id.timestamp.body`. The id is that of the
 * message: whoever gets one twice knows it.
 */
export const webhook =
  (url: string, secret: string, { allowPrivate, clock }: WebhookDeps): SendAlert =>
  async (alert, id) => {
    const body = JSON.stringify(alert);
    const messageId = `msg_${createHmac('sha256', '').update(id).digest('hex').slice(0, 32)}`;
    const timestamp = String(Math.floor(clock() / 1000));
    const signature = createHmac('sha256', Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))
      .update(`${messageId}.${timestamp}.${body}`)
      .digest('base64');
    await postJson(url, body, {
      allowPrivate,
      headers: {
        'webhook-id': messageId,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${signature}`,
      },
    });
  };
