import { alertText } from './alert-text.ts';
import type { SendAlert } from './channel.ts';
import { postJson } from './post.ts';

/** Posts the alert as a text to an address that takes what Slack's incoming webhooks take. */
export const slack =
  (url: string, allowPrivate: boolean): SendAlert =>
  (alert) =>
    postJson(url, JSON.stringify({ text: escaped(alertText(alert)) }), { allowPrivate });

/** The three characters that mean something: a title from a trace mentions nobody and links nowhere. */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
