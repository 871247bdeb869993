import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

interface Asked {
  readonly challenge: string;
}
interface Way {
  readonly origin?: string;
  readonly rpId?: string;
  /** A finger or a PIN was asked for. */
  readonly verifies?: boolean;
  readonly counter?: number;
  readonly userHandle?: string;
}

const sha256 = (data: string) => createHash('sha256').update(data).digest();
const bytes = (data: Buffer) => Buffer.concat([Buffer.from([0x58, data.length]), data]);
const text = (data: string) => Buffer.concat([Buffer.from([0x60 + data.length]), Buffer.from(data)]);
const long = (data: Buffer) => Buffer.concat([Buffer.from([0x59, data.length >> 8, data.length & 255]), data]);

/** An authenticator as a browser has one (WebAuthn, ES256): what `navigator.credentials` would answer. */
export function createAuthenticator(origin = 'http://localhost', rpId = 'localhost') {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const id = randomBytes(32);
  const place = { origin, rpId };

  function head({ rpId: named = rpId, verifies = true, counter = 0 }: Way, hasKey: boolean): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    const flags = 1 | (verifies ? 4 : 0) | (hasKey ? 64 : 0);
    return Buffer.concat([sha256(named), Buffer.from([flags]), count]);
  }
  const clientData = (type: string, { challenge }: Asked, way: Way) =>
    Buffer.from(JSON.stringify({ type, challenge, origin: way.origin ?? place.origin, crossOrigin: false }));
  const credential = { id: id.toString('base64url'), rawId: id.toString('base64url'), type: 'public-key' };

  return {
    id: credential.id,
    /** Of `navigator.credentials.create`. */
    attest(asked: Asked, way: Way = {}) {
      const [xs, ys] = [Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')];
      const key = Buffer.concat([
        Buffer.from('a5010203262001', 'hex'),
        Buffer.from([0x21]),
        bytes(xs),
        Buffer.from([0x22]),
        bytes(ys),
      ]);
      const length = Buffer.from([0, id.length]);
      const authData = Buffer.concat([head(way, true), Buffer.alloc(16), length, id, key]);
      const map = [Buffer.from([0xa3]), text('fmt'), text('none'), text('attStmt'), Buffer.from([0xa0])];
      const attestationObject = Buffer.concat([...map, text('authData'), long(authData)]).toString('base64url');
      const clientDataJSON = clientData('webauthn.create', asked, way).toString('base64url');
      return { ...credential, response: { clientDataJSON, attestationObject, transports: ['internal'] } };
    },
    /** Of `navigator.credentials.get`. */
    assert(asked: Asked, way: Way = {}) {
      const client = clientData('webauthn.get', asked, way);
      const authData = head(way, false);
      const signed = Buffer.concat([authData, createHash('sha256').update(client).digest()]);
      const signature = sign('sha256', signed, privateKey).toString('base64url');
      const response = {
        clientDataJSON: client.toString('base64url'),
        authenticatorData: authData.toString('base64url'),
      };
      const handle =
        way.userHandle === undefined ? {} : { userHandle: Buffer.from(way.userHandle).toString('base64url') };
      return { ...credential, response: { ...response, signature, ...handle } };
    },
  };
}
