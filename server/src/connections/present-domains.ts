import { type MailDomain, mailDomain } from '@signalbox/contract/channels/mail-domains.ts';
import type { Tx } from '../platform/db.ts';
import { listEveryChannel } from './channels.store.ts';
import { domainOfAddress } from './domain-names.ts';
import { recordOf } from './find-proof.ts';
import { getDomainState, listClaimed, listProofs } from './mail-domains.store.ts';

/** Every domain that the workspace has to do with: claimed, asked for, or of one of its mailboxes; by name. */
export async function presentDomains(tx: Tx): Promise<MailDomain[]> {
  const claims = new Map((await listClaimed(tx)).map((claim) => [claim.domain, claim]));
  const proofs = new Map((await listProofs(tx)).map((proof) => [proof.domain, proof]));
  const mailboxes = await mailboxesByDomain(tx);
  const names = [...new Set([...claims.keys(), ...proofs.keys(), ...mailboxes.keys()])].toSorted();
  const shown: MailDomain[] = [];
  for (const domain of names) {
    const state = await getDomainState(tx, domain);
    const claim = claims.get(domain);
    const proof = claim === undefined ? proofs.get(domain) : undefined;
    shown.push({
      ...{ domain, state, claimedBy: claim?.by ?? null, claimedAt: claim?.at.toISOString() ?? null },
      ...{ record: proof ? recordOf(proof) : null, checkedAt: proof?.checkedAt?.toISOString() ?? null },
      problem: mailDomain.shape.problem.catch(null).parse(proof?.problem ?? null),
      mailboxes: mailboxes.get(domain) ?? [],
    });
  }
  return shown;
}

async function mailboxesByDomain(tx: Tx): Promise<Map<string, string[]>> {
  const addresses = (await listEveryChannel(tx)).flatMap(({ kind, settings: { address } }) =>
    kind === 'mailbox' && typeof address === 'string' ? [address] : [],
  );
  const grouped = Map.groupBy(addresses, (address) => domainOfAddress(address) ?? '');
  grouped.delete('');
  return grouped;
}
