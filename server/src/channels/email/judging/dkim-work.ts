import { dkimVerify } from 'mailauth/lib/dkim/verify.js';

export interface DkimWork {
  /** The TXT records under each name of a key; a name that is missing has none. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
}

export interface DkimResult {
  readonly domain: string;
  readonly result: string;
  /** The domain, if it is of the house of From. */
  readonly aligned: string | false;
  /** It covers the whole message. */
  readonly isWhole: boolean;
}

/** Runs apart (judge-letter.ts): no network, the keys come along. */
export async function work({ keys }: DkimWork, raw: Uint8Array): Promise<DkimResult[]> {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const { results } = await dkimVerify(bytes, { resolver: async (name) => known(keys, name) });
  return results.map(({ signingDomain, status }) => ({
    ...{ domain: String(signingDomain).toLowerCase(), result: status.result },
    ...{ aligned: status.aligned ?? false, isWhole: !status.underSized },
  }));
}

function known(keys: DkimWork['keys'], name: string): string[][] {
  const found = keys[name.toLowerCase()];
  if (found === undefined) throw Object.assign(new Error(`no key at ${name}`), { code: 'ENOTFOUND' });
  return found.map((text) => [text]);
}
