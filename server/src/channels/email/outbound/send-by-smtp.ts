import { once } from 'node:events';
import { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { because } from '@signalbox/automation/kit/words/reasons.ts';
import SMTPConnection from 'nodemailer/lib/smtp-connection/index.js';
import type { SendResult } from '../../../outbox/sender.ts';
import type { SmtpServer } from './smtp-server-of.ts';

export interface Letter {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: Buffer;
}

export interface SmtpTimeouts {
  readonly connectMs: number;
  readonly idleMs: number;
  /** All of it, however the server goes on; a large message gets a second more for each 20 kB. */
  readonly wholeMs: number;
}

const defaultTimeouts: SmtpTimeouts = { connectMs: 20_000, idleMs: 40_000, wholeMs: 90_000 };
const LEAST_BYTES_A_SECOND = 20_000;
/** Of all answers together. */
const MAX_ANSWER_BYTES = 65_536;
const LOOK_EVERY_MS = 20;

/**
 * Hands a message to an SMTP server. Throws when the connection was lost after the whole message had been sent but before the
 * server answered: nobody knows whether it took it (semantics.md 5.8).
 */
export async function sendBySmtp(server: SmtpServer, letter: Letter, timeouts = defaultTimeouts): Promise<SendResult> {
  const progress = { allSent: false };
  const socket = new Socket();
  const connection = new SMTPConnection({ ...optionsOf(server, timeouts), socket });
  const wholeMs = timeouts.wholeMs + (letter.raw.length / LEAST_BYTES_A_SECOND) * 1_000;
  const patience = endOfPatience(socket, wholeMs);
  try {
    const info = await Promise.race([
      converse(connection, server, { letter, progress }),
      brokenOff(connection),
      patience.ends,
    ]);
    connection.quit();
    return resultOf(info);
  } catch (error) {
    connection.close();
    socket.destroy();
    return ofCertificate(error, server) ?? failureOf(error, progress.allSent);
  } finally {
    patience.stop();
  }
}

/** Rejects once the server has taken too long over it all, or has answered more than anybody reads. */
function endOfPatience(socket: Socket, wholeMs: number): { ends: Promise<never>; stop(): void } {
  const over = new AbortController();
  const ends = new Promise<never>((_, reject) => {
    over.signal.addEventListener('abort', () => reject(over.signal.reason));
  });
  // Told where it is raced for; after that nobody listens.
  ends.catch(() => {});
  const late = setTimeout(() => over.abort(new Error('the server took too long')), wholeMs);
  const look = setInterval(() => {
    if (socket.bytesRead > MAX_ANSWER_BYTES) over.abort(new Error('the server answered too much'));
  }, LOOK_EVERY_MS);
  return {
    ends,
    stop() {
      clearTimeout(late);
      clearInterval(look);
    },
  };
}

interface Sending {
  readonly letter: Letter;
  readonly progress: { allSent: boolean };
}

async function converse(
  connection: SMTPConnection,
  server: SmtpServer,
  { letter, progress }: Sending,
): Promise<SMTPConnection.SentMessageInfo> {
  await new Promise<void>((resolve, reject) => connection.connect((error) => (error ? reject(error) : resolve())));
  const { user, password } = server;
  if (user !== null) await login(connection, { user, pass: password ?? '' });
  const message = watched(letter.raw, progress);
  return new Promise((resolve, reject) => {
    const envelope = { from: letter.from, to: [...letter.to], size: letter.raw.length };
    connection.send(envelope, message, (error, info) => (error ? reject(error) : resolve(info)));
  });
}

function login(connection: SMTPConnection, credentials: { user: string; pass: string }): Promise<void> {
  return new Promise((resolve, reject) =>
    connection.login({ credentials }, (error) => (error ? reject(error) : resolve())),
  );
}

// Read only after the server has said that it is ready for the message.
function watched(raw: Buffer, progress: { allSent: boolean }): Readable {
  const stream = Readable.from([raw]);
  stream.once('end', () => {
    progress.allSent = true;
  });
  return stream;
}

async function brokenOff(connection: SMTPConnection): Promise<never> {
  const broken = new AbortController();
  try {
    const [error] = await Promise.race([
      once(connection, 'error', { signal: broken.signal }),
      ended(connection, broken.signal),
    ]);
    throw error;
  } finally {
    broken.abort();
  }
}

async function ended(connection: SMTPConnection, signal: AbortSignal): Promise<[Error]> {
  await once(connection, 'end', { signal });
  return [new Error('the server closed the connection')];
}

function optionsOf(
  { host, port, security, certifiedAs }: SmtpServer,
  { connectMs, idleMs }: SmtpTimeouts,
): SMTPConnection.Options {
  return {
    ...{ host, port, secure: security === 'tls', requireTLS: security === 'starttls', ignoreTLS: security === 'none' },
    ...(certifiedAs !== undefined && { tls: { servername: certifiedAs } }),
    ...{ connectionTimeout: connectMs, greetingTimeout: connectMs, dnsTimeout: connectMs, socketTimeout: idleMs },
  };
}

function resultOf({ rejected, accepted, response }: SMTPConnection.SentMessageInfo): SendResult {
  if (rejected.length === 0) return { outcome: 'sent' };
  return {
    outcome: 'permanent',
    reason: because('partly-refused', {
      refused: rejected.join(', '),
      accepted: accepted.join(', '),
      answer: response,
    }),
  };
}

/** Whom we speak to is not who was meant, as far as anybody can tell: nothing was said to them. */
function ofCertificate(error: unknown, { host, certifiedAs = host }: SmtpServer): SendResult | undefined {
  const text = error instanceof Error ? error.message : '';
  const [, code] = certificateFaults.find(([said]) => said.test(text)) ?? [];
  return code && { outcome: 'temporary', reason: because(code, { host: certifiedAs }), ofProvider: true };
}

// As OpenSSL and Node say it; the client puts a code of its own in the place of theirs.
const certificateFaults = [
  [/^certificate (has expired|is not yet valid)/, 'certificate-time'],
  [/does not match certificate's altnames/, 'certificate-of-another'],
  [/^certificate (signature failure|revoked|rejected|not trusted)/, 'certificate-untrusted'],
  [/^(self-signed certificate|unable to (verify the first|get (local )?issuer) certificate)/, 'certificate-untrusted'],
] as const;

function failureOf(error: unknown, allSent: boolean): SendResult {
  const { message, responseCode, ofProvider, tooLarge } = detailsOf(error);
  if (responseCode !== undefined && responseCode >= 500)
    return { outcome: 'permanent', reason: because('server-said', { answer: message }), ofProvider };
  if (responseCode !== undefined && responseCode >= 400)
    return { outcome: 'temporary', reason: because('server-said', { answer: message }), ofProvider };
  if (allSent) throw new Error(`the connection was lost before the server had answered: ${message}`, { cause: error });
  return { outcome: 'temporary', reason: because('no-connection', { answer: message }), ofProvider: !tooLarge };
}

interface Details {
  readonly message: string;
  readonly responseCode?: number;
  readonly ofProvider: boolean;
  /** Known before it was sent. */
  readonly tooLarge: boolean;
}

// The same for every message, whoever receives it.
const ofAllMessages = /^(CONN|EHLO|HELO|STARTTLS|AUTH)/;

function detailsOf(error: unknown): Details {
  if (!(error instanceof Error)) return { message: String(error), ofProvider: false, tooLarge: false };
  const responseCode =
    'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : undefined;
  const response = 'response' in error && typeof error.response === 'string' ? error.response : undefined;
  const command = 'command' in error && typeof error.command === 'string' ? error.command : '';
  const message = (response ?? error.message).trim().slice(0, 500);
  const isLater = responseCode !== undefined && responseCode < 500;
  // 421: the server is closing down, whatever it was asked. A sender that is put off is one that may not send so much.
  const ofProvider = responseCode === 421 || ofAllMessages.test(command) || (command === 'MAIL FROM' && isLater);
  const tooLarge = 'code' in error && error.code === 'EMESSAGE' && responseCode === undefined;
  return { message, ofProvider, tooLarge, ...(responseCode === undefined ? {} : { responseCode }) };
}
