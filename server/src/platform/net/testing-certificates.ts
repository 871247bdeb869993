import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';

/** Certificates as PEM, made where they are needed: none of them is good for anything else, and none ends while tests are run. */
export interface Certified {
  readonly cert: string;
  readonly key: string;
}

interface Wanted {
  readonly host: string;
  /** Days from now. */
  readonly from?: number;
  readonly until?: number;
}

export interface Authority {
  /** To be trusted. */
  readonly cert: string;
  issue(wanted: Wanted): Certified;
}

/** Whom clients may be told to trust. */
export function makeAuthority(name: string): Authority {
  const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const isAuthority = sequence(
    oid('551d13'),
    primitive(0x01, Buffer.from([0xff])),
    octets(sequence(primitive(0x01, Buffer.from([0xff])))),
  );
  const cert = sign({ issuer: name, subject: name, publicKey: own.publicKey, extension: isAuthority }, own.privateKey);
  return { cert, issue: (wanted) => certify(wanted, { issuer: name, by: own.privateKey }) };
}

/** Signed by nobody but itself. */
export const makeSelfSigned = (wanted: Wanted): Certified => certify(wanted, null);

function certify(
  { host, from = -1, until = 1 }: Wanted,
  authority: { readonly issuer: string; readonly by: KeyObject } | null,
): Certified {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const names = sequence(oid('551d11'), octets(sequence(primitive(0x82, Buffer.from(host)))));
  const wanted = { issuer: authority?.issuer ?? host, subject: host, publicKey, extension: names, from, until };
  const cert = sign(wanted, authority?.by ?? privateKey);
  return { cert, key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

interface Content {
  readonly issuer: string;
  readonly subject: string;
  readonly publicKey: KeyObject;
  readonly extension: Buffer;
  readonly from?: number;
  readonly until?: number;
}

function sign({ issuer, subject, publicKey, extension, from = -1, until = 1 }: Content, by: KeyObject): string {
  const algorithm = sequence(oid('2a8648ce3d040302'));
  const content = sequence(
    primitive(0xa0, primitive(0x02, Buffer.from([2]))),
    primitive(0x02, Buffer.from([1 + Math.floor(Math.random() * 127)])),
    ...[algorithm, nameOf(issuer), sequence(moment(from), moment(until)), nameOf(subject)],
    publicKey.export({ type: 'spki', format: 'der' }),
    primitive(0xa3, sequence(extension)),
  );
  const signature = createSign('sha256').update(content).sign(by);
  const whole = sequence(content, algorithm, primitive(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

const nameOf = (text: string) => sequence(primitive(0x31, sequence(oid('550403'), primitive(0x0c, Buffer.from(text)))));

const DAY_MS = 86_400_000;

function moment(days: number): Buffer {
  const text = new Date(Date.now() + days * DAY_MS).toISOString().replace(/[-:T]|\.\d+/g, '');
  return primitive(0x18, Buffer.from(text));
}

const oid = (hex: string) => primitive(0x06, Buffer.from(hex, 'hex'));
const octets = (content: Buffer) => primitive(0x04, content);
const sequence = (...parts: readonly Buffer[]) => primitive(0x30, Buffer.concat(parts));

// X.690: a tag, a length, the content.
function primitive(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
