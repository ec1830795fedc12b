import { lookup } from 'node:dns/promises';
import { nodemailer } from '../../packages.ts';
import { alertText, alertTitle } from './alert-text.ts';
import type { SendAlert } from './channel.ts';
import { isPublic, PrivateAddress } from './public-address.ts';

export interface EmailOptions {
  /** `smtps://user:password@host:465` or `smtp://host:25`. */
  readonly server: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly allowPrivate: boolean;
}

const TIMEOUT = 20_000;

/** Sends the alert as a plain text by SMTP. */
export const email =
  ({ server, from, to, allowPrivate }: EmailOptions): SendAlert =>
  async (alert, id) => {
    const { protocol, hostname, port, username, password } = new URL(server);
    const isSecure = protocol === 'smtps:';
    const { address } = await lookup(hostname.replace(/^\[(.*)\]$/, '$1'));
    if (!allowPrivate && !isPublic(address)) throw new PrivateAddress(hostname, address);
    const transport = nodemailer.createTransport({
      // What was checked is what is connected to.
      ...{ host: address, secure: isSecure, tls: { servername: hostname } },
      port: port === '' ? (isSecure ? 465 : 587) : Number(port),
      ...(username !== '' && {
        auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
      }),
      ...{ connectionTimeout: TIMEOUT, greetingTimeout: TIMEOUT, socketTimeout: TIMEOUT },
      ...{ disableFileAccess: true, disableUrlAccess: true },
    });
    try {
      await transport.sendMail({
        ...{ from, to: [...to], text: `${alertText(alert)}\n` },
        subject: oneLine(alertTitle(alert)),
        headers: { 'X-Culprit-Message': oneLine(id) },
      });
    } finally {
      transport.close();
    }
  };

/** A title from a trace adds no headers. */
const oneLine = (text: string): string => text.replaceAll(/\p{Cc}+/gu, ' ').slice(0, 300);
