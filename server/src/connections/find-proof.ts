import { Resolver } from 'node:dns/promises';

/** Why a record was not found: there is none, only others stand there, or the DNS did not answer. */
export type NoProof = 'no-record' | 'other-record' | 'no-answer';

const TIMEOUT_MS = 2_000;
const TRIES = 2;

/** Where the record stands, and what it says. */
export function recordOf({ domain, token }: { domain: string; token: string }): { name: string; value: string } {
  return { name: `_signalbox.${domain}`, value: `signalbox-claim=${token}` };
}

/** A resolver of the DNS servers of the settings, else of the machine's; it gives up by itself. */
export function resolverOf(servers: readonly string[]): Resolver {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES });
  if (servers.length > 0) resolver.setServers(servers);
  return resolver;
}

/** Looks whether whoever rules a domain has put the record there; null: it stands there. */
export async function findProof(
  servers: readonly string[],
  proof: { domain: string; token: string },
): Promise<NoProof | null> {
  const { name, value } = recordOf(proof);
  const resolver = resolverOf(servers);
  try {
    const records = (await resolver.resolveTxt(name)).map((parts) => parts.join('').trim());
    return records.includes(value) ? null : 'other-record';
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    return code === 'ENOTFOUND' || code === 'ENODATA' ? 'no-record' : 'no-answer';
  } finally {
    resolver.cancel();
  }
}
