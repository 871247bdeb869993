import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { Context } from '../../../platform/context.ts';
import { createWarner } from '../../../platform/log.ts';
import { findMailboxesFor, receiveMessage } from './receive-message.ts';

export interface SmtpListener {
  readonly host: string;
  readonly port: number;
  close(): Promise<void>;
}

export interface SmtpListenerOptions {
  readonly host: string;
  readonly port: number;
  readonly maxBytes?: number;
}

export const MAX_MESSAGE_BYTES = 35 * 1024 * 1024;
/** Of messages that are under way at the same moment. */
const MAX_HELD_BYTES = 8 * MAX_MESSAGE_BYTES;
/** RFC 5321 asks for at least as many; servers send what is refused with 452 in another delivery. */
const MAX_RECIPIENTS = 100;

/** The door where real mail comes in: any recipient at a mailbox's domain; 250 only after the commit (surroundings.md, E-mail). */
export async function startSmtpListener(
  context: Context,
  { host, port, maxBytes = MAX_MESSAGE_BYTES }: SmtpListenerOptions,
): Promise<SmtpListener> {
  const held = { bytes: 0 };
  const server = new SMTPServer({
    ...{
      name: 'signalbox',
      banner: 'Signalbox',
      size: maxBytes,
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
    },
    ...{ disableReverseLookup: true, logger: false, socketTimeout: 120_000, closeTimeout: 5_000, maxClients: 200 },
    onRcptTo: ({ address }, session, done) => settle(context, checkRecipient(context, { address, session }), done),
    onData: (stream, session, done) => settle(context, takeMessage(context, { stream, session, maxBytes, held }), done),
  });
  const warn = createWarner();
  const failed = { kind: 'smtp', words: 'incoming SMTP connection failed' };
  server.on('error', (error) => warn(context.log, { error: error.message }, failed));
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
  return { host, port: portOf(server, port), close: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** An answer other than 250. 4xx: try again later; 5xx: never. */
class SmtpRefusal extends Error {
  readonly responseCode: number;

  constructor(responseCode: number, message: string) {
    super(message);
    this.responseCode = responseCode;
  }
}

async function checkRecipient(
  context: Context,
  { address, session }: { address: string; session: SMTPServerSession },
): Promise<undefined> {
  if (session.envelope.rcptTo.length >= MAX_RECIPIENTS)
    throw new SmtpRefusal(452, '4.5.3 too many recipients; send to the others separately');
  const [mailbox] = await findMailboxesFor(context, [address]);
  if (mailbox === undefined) throw new SmtpRefusal(550, `5.1.1 <${address}>: no mailbox here`);
}

interface Arrival {
  readonly stream: SMTPServerDataStream;
  readonly session: SMTPServerSession;
  readonly maxBytes: number;
  /** Shared by all connections. */
  readonly held: { bytes: number };
}

async function takeMessage(context: Context, arrival: Arrival): Promise<string> {
  const taken = { bytes: 0 };
  try {
    return await keepMessage(context, arrival.session, await readMessage(arrival, taken));
  } finally {
    arrival.held.bytes -= taken.bytes;
  }
}

async function keepMessage(context: Context, session: SMTPServerSession, raw: Buffer): Promise<string> {
  const { mailFrom, rcptTo } = session.envelope;
  const mailboxes = await findMailboxesFor(
    context,
    rcptTo.map(({ address }) => address),
  );
  const envelopeFrom = mailFrom === false ? '' : mailFrom.address;
  const received = await receiveMessage(context, {
    raw,
    envelopeFrom,
    mailboxes: mailboxes.filter((mailbox) => mailbox !== undefined),
  });
  if (received.length === 0) throw new SmtpRefusal(550, '5.1.1 the mailbox has been deleted');
  return `2.0.0 taken as ${received.map(({ signalId }) => signalId).join(', ')}`;
}

// What is refused is read to its end, so that the client hears the answer, but not kept.
async function readMessage({ stream, maxBytes, held }: Arrival, taken: { bytes: number }): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  let isCrowded = false;
  for await (const chunk of stream) {
    size += chunk.length;
    isCrowded ||= held.bytes + chunk.length > MAX_HELD_BYTES;
    if (size > maxBytes || isCrowded) {
      chunks.length = 0;
      continue;
    }
    chunks.push(chunk);
    taken.bytes += chunk.length;
    held.bytes += chunk.length;
  }
  if (size > maxBytes || stream.sizeExceeded)
    throw new SmtpRefusal(552, `5.3.4 the message is larger than ${maxBytes} bytes`);
  if (isCrowded) throw new SmtpRefusal(452, '4.3.1 too much mail at this moment; try again later');
  return Buffer.concat(chunks);
}

type Done = (error?: Error | null, message?: string) => void;

// Whatever goes wrong here may go right later: the sender keeps the message and tries again. Why stands in the log, not outside.
function settle({ log }: Context, work: Promise<string | undefined>, done: Done): void {
  work.then(
    (message) => done(null, message),
    (error: unknown) => {
      if (error instanceof SmtpRefusal) return done(error);
      log.error({ err: error }, 'a message was not taken in; its sender will try again');
      done(new SmtpRefusal(451, '4.3.0 not taken now; try again later'));
    },
  );
}

function portOf(server: SMTPServer, asked: number): number {
  const address: AddressInfo | string | null = server.server.address();
  return address === null || typeof address === 'string' ? asked : address.port;
}
