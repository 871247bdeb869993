import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

const DAY_MS = 86_400_000;
const VALID_DAYS = 3_650;

/** A certificate and its key as PEM, signed by itself: it hides what is said from those who listen, and proves nobody's name. */
export function makeSelfSigned(name: string, now: Date): { cert: string; key: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const who = sequence(setOf(sequence(oid('550403'), utf8(name))));
  const body = sequence(
    explicit(0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    ecdsaWithSha256,
    who,
    sequence(time(new Date(now.getTime() - DAY_MS)), time(new Date(now.getTime() + VALID_DAYS * DAY_MS))),
    who,
    publicKey.export({ type: 'spki', format: 'der' }),
    explicit(3, sequence(sequence(oid('551d11'), tagged(0x04, sequence(tagged(0x82, Buffer.from(name))))))),
  );
  const signature = sign('sha256', body, privateKey);
  const der = sequence(body, ecdsaWithSha256, tagged(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
    key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
  };
}

// DER, as far as a certificate needs it (X.690, RFC 5280).
function tagged(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const bytes = content.length.toString(16);
  const long = Buffer.from(bytes.length % 2 === 0 ? bytes : `0${bytes}`, 'hex');
  const length =
    content.length < 128 ? Buffer.from([content.length]) : Buffer.concat([Buffer.from([0x80 | long.length]), long]);
  return Buffer.concat([Buffer.from([tag]), length, content]);
}

const sequence = (...parts: readonly Uint8Array[]) => tagged(0x30, ...parts);
const setOf = (...parts: readonly Uint8Array[]) => tagged(0x31, ...parts);
const explicit = (number: number, part: Uint8Array) => tagged(0xa0 | number, part);
const integer = (bytes: Uint8Array) => tagged(0x02, bytes);
const oid = (hex: string) => tagged(0x06, Buffer.from(hex, 'hex'));
const utf8 = (text: string) => tagged(0x0c, Buffer.from(text));
// Until 2049 two digits of the year, from 2050 on four.
function time(at: Date): Buffer {
  const digits = `${at.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;
  return at.getUTCFullYear() < 2050 ? tagged(0x17, Buffer.from(digits.slice(2))) : tagged(0x18, Buffer.from(digits));
}

const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
