import net, { type AddressInfo, type Socket } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { createBreather } from '../../../platform/apart/breathe.ts';
import { setTrouble } from '../../../platform/config/troubles.ts';
import type { Context } from '../../../platform/context.ts';
import { joinInTurns } from '../../../platform/long-bytes/join-in-turns.ts';
import { inNetworks } from '../../../platform/net/networks.ts';
import type { DoorTls } from '../door/certificate.ts';
import { createDoor, type Door, type DoorLimits, usualLimits } from '../door/door.ts';
import { isKnownUser } from '../door/relay-users.ts';
import { createRenewal } from '../door/renewed-certificate.ts';
import { createTellingOfCertificate } from '../door/tell-of-certificate.ts';
import { createJudge, type Judge, type Origin } from '../judging/judge-letter.ts';
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
  readonly limits?: DoorLimits;
  /** Without, nothing is encrypted, and nobody signs in. */
  readonly tls?: DoorTls;
  readonly nowMs?: () => number;
}

export const MAX_MESSAGE_BYTES = 35 * 1024 * 1024;
/** Of messages that are under way at the same moment. */
const MAX_HELD_BYTES = 4 * MAX_MESSAGE_BYTES;
/** RFC 5321 asks for at least as many; servers send what is refused with 452 in another delivery. */
const MAX_RECIPIENTS = 100;
const CLOSE_MS = 5_000;

/**
 * The door where real mail comes in: any recipient at a mailbox's domain; 250 only after the commit (surroundings.md, E-mail). Nobody who
 * comes often takes the room of others: 421 for connections, 450 for messages, while the others go on.
 */
export async function startSmtpListener(context: Context, options: SmtpListenerOptions): Promise<SmtpListener> {
  const { host, port, maxBytes = MAX_MESSAGE_BYTES, limits = usualLimits, nowMs = () => performance.now() } = options;
  const isRelay = inNetworks(context.config.smtpRelays);
  const door = createDoor({ limits, isRelay, nowMs });
  const judge = createJudge(context.config, nowMs);
  const house: House = { context, door, judge, isRelay, maxBytes, held: { bytes: 0 }, tls: options.tls };
  const talking = createTalking(house);
  const renewal = renewing(house, talking.renew, nowMs);
  const sockets = new Set<Socket>();
  const front = net.createServer((socket) => {
    renewal.look();
    const address = socket.remoteAddress ?? '';
    const leave = door.enter(address);
    if (leave === undefined) return turnAway(socket);
    sockets.add(socket);
    const late = isRelay(address) ? undefined : setTimeout(() => socket.destroy(), limits.wholeMs);
    socket.once('close', () => {
      clearTimeout(late);
      sockets.delete(socket);
      leave();
    });
    talking.to(address).server.emit('connection', socket);
  });
  await listen(front, { host, port });
  return {
    ...{ host, port: portOf(front, port) },
    close() {
      renewal.end();
      return close(front, sockets);
    },
  };
}

interface House {
  readonly context: Context;
  readonly door: Door;
  readonly judge: Judge;
  readonly isRelay: (address: string) => boolean;
  readonly maxBytes: number;
  /** Shared by all connections. */
  readonly held: { bytes: number };
  readonly tls: DoorTls | undefined;
}

const onThisMachine = inNetworks(['loopback']);

/**
 * What speaks SMTP with those who were let in. To who is on this machine a certificate that nobody vouched for is not offered, but used when
 * asked for: nobody is between, and many programs refuse such a certificate.
 */
function createTalking(house: House) {
  const offering = createSpeaker(house, { hideSTARTTLS: false });
  const silent = createSpeaker(house, { hideSTARTTLS: true });
  return {
    to: (address: string): SMTPServer => (house.tls?.isSelfSigned && onThisMachine(address) ? silent : offering),
    renew(pair: Pick<DoorTls, 'cert' | 'key'>): void {
      for (const server of [offering, silent]) server.updateSecureContext({ cert: pair.cert, key: pair.key });
    },
  };
}

const LOOK_MS = 60_000;

// At each connection, and by itself: one that is about to end has to be told also when nobody writes.
function renewing({ context, tls }: House, use: (pair: Pick<DoorTls, 'cert' | 'key'>) => void, nowMs: () => number) {
  if (tls?.files === undefined) return { look: () => {}, end: () => {} };
  const { clock, databases, log } = context;
  const tell = (words: string | null) => {
    if (setTrouble(databases, 'SMTP_TLS_CERT', words))
      log.warn(words ?? 'the certificate of SMTP_TLS_CERT is well again');
  };
  const warn = createTellingOfCertificate(context, nowMs);
  const look = createRenewal({ files: tls.files, used: tls, now: () => clock.now(), nowMs, use, tell, warn });
  const timer = setInterval(look, LOOK_MS).unref();
  return { look, end: () => clearInterval(timer) };
}

function createSpeaker(house: House, { hideSTARTTLS }: { hideSTARTTLS: boolean }): SMTPServer {
  const { context, door, maxBytes, tls } = house;
  const canSignIn = tls !== undefined && context.config.smtpUsers.length > 0;
  const off = [...(tls === undefined ? ['STARTTLS'] : []), ...(canSignIn ? [] : ['AUTH'])];
  const server = new SMTPServer({
    ...{ name: 'signalbox', banner: 'Signalbox', size: maxBytes, authOptional: true, disabledCommands: off },
    ...(tls && { cert: tls.cert, key: tls.key }),
    ...{ hideSTARTTLS, authMethods: ['PLAIN', 'LOGIN'] },
    ...{ disableReverseLookup: true, logger: false, socketTimeout: 120_000, closeTimeout: CLOSE_MS },
    onAuth: ({ username: name = '', password = '' }, { remoteAddress: address }, done) => {
      const refusal = refuseSigningIn(house, { name, password, address });
      if (refusal === undefined) done(null, { user: name });
      else done(refusal);
    },
    onMailFrom: ({ address }, session, done) => {
      const isTrusted = isTrustedSession(house, session);
      if (isTrusted || door.mayBegin(session.remoteAddress, address)) return done();
      done(new SmtpRefusal(450, '4.7.1 too many messages from you at this moment; try again later'));
    },
    onRcptTo: ({ address }, session, done) => settle(context, checkRecipient(context, { address, session }), done),
    onData: (stream, session, done) => settle(context, takeMessage(house, { stream, session }), done),
  });
  server.on('error', (error) => context.log.warn({ error: error.message }, 'incoming SMTP connection failed'));
  return server;
}

/** A relay of the settings, or who has signed in: what stands before it has looked at the mail already. */
function isTrustedSession({ isRelay }: House, { user, remoteAddress }: SMTPServerSession): boolean {
  return user !== undefined || isRelay(remoteAddress);
}

interface SigningIn {
  readonly name: string;
  readonly password: string;
  readonly address: string;
}

function refuseSigningIn({ context, door }: House, { name, password, address }: SigningIn): SmtpRefusal | undefined {
  if (!door.mayGuess(address)) return new SmtpRefusal(454, '4.7.0 too many wrong passwords; try again later');
  if (isKnownUser(context.config.smtpUsers, { name, password })) return undefined;
  door.guessed(address);
  context.log.warn({ address }, 'a wrong password at the SMTP door');
  return new SmtpRefusal(535, '5.7.8 wrong user or password');
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
}

async function takeMessage(house: House, { stream, session }: Arrival): Promise<string> {
  const taken = { bytes: 0 };
  try {
    return await keepMessage(house, session, await readMessage(stream, house, taken));
  } finally {
    house.held.bytes -= taken.bytes;
  }
}

async function keepMessage(house: House, session: SMTPServerSession, raw: Buffer): Promise<string> {
  const { context, judge } = house;
  const { mailFrom, rcptTo } = session.envelope;
  const mailboxes = await findMailboxesFor(
    context,
    rcptTo.map(({ address }) => address),
  );
  const message = {
    ...{ raw, envelopeFrom: mailFrom === false ? '' : mailFrom.address },
    mailboxes: mailboxes.filter((mailbox) => mailbox !== undefined),
    origin: originOf(house, session),
  };
  const received = await receiveMessage(context, message, judge);
  if (received.length === 0) throw new SmtpRefusal(550, '5.1.1 the mailbox has been deleted');
  return '2.0.0 taken';
}

function originOf(house: House, session: SMTPServerSession): Origin {
  const { remoteAddress: address, hostNameAppearsAs: helo } = session;
  return { address, helo: helo || address, isRelay: isTrustedSession(house, session) };
}

// What is refused is read to its end, so that the client hears the answer, but not kept.
async function readMessage(
  stream: SMTPServerDataStream,
  { maxBytes, held }: House,
  taken: { bytes: number },
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  let isCrowded = false;
  // A piece of one message a turn of the event loop: a dozen large ones bring megabytes a turn.
  const breathe = createBreather({ everyMs: 0 });
  for await (const chunk of stream) {
    await breathe();
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
  return joinInTurns(chunks);
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

const TURN_AWAY_MS = 2_000;

function turnAway(socket: Socket): void {
  socket.on('error', () => {});
  socket.resume();
  socket.end('421 4.7.0 signalbox too many connections from you at this moment; try again later\r\n');
  setTimeout(() => socket.destroy(), TURN_AWAY_MS).unref();
}

function listen(server: net.Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
}

// Whoever is in the middle of something has a moment to end it.
async function close(server: net.Server, sockets: ReadonlySet<Socket>): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const late = setTimeout(() => {
    for (const socket of sockets) socket.destroy();
  }, CLOSE_MS);
  await closed;
  clearTimeout(late);
}

function portOf(server: net.Server, asked: number): number {
  const address: AddressInfo | string | null = server.address();
  return address === null || typeof address === 'string' ? asked : address.port;
}
