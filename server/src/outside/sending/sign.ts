import { createHmac } from 'node:crypto';

interface Signing {
  readonly id: string;
  readonly at: Date;
  readonly body: string;
  /** `whsec_` and base64, or any text; null: it is not signed. */
  readonly secret: string | null;
}

/** The headers of the Standard Webhooks rules: its id, the same at every try, when it is sent, and the signature of both and the body. */
export function signatureHeaders({ id, at, body, secret }: Signing): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const sent = { 'webhook-id': id, 'webhook-timestamp': timestamp };
  if (secret === null) return sent;
  return { ...sent, 'webhook-signature': `v1,${signatureOf(secret, `${id}.${timestamp}.${body}`)}` };
}

function signatureOf(secret: string, text: string): string {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : Buffer.from(secret);
  return createHmac('sha256', key).update(text).digest('base64');
}
