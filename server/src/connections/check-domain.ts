import type { Tx } from '../platform/db.ts';
import { conflict } from '../platform/errors.ts';
import { invalidAt } from '../platform/http/field-errors.ts';
import type { StoredChannel } from './channels.store.ts';
import { domainOfAddress } from './domain-names.ts';
import { getDomainState } from './mail-domains.store.ts';

type Mailbox = Pick<StoredChannel, 'kind' | 'provider' | 'settings' | 'enabled'>;

/**
 * No mailbox stands at another workspace's domain, and none writes through the system's mail server in the name of a domain that nobody
 * claimed (docs/adr/0021). What was saved before is not asked again, so that it can be switched off. Throws UserError at `settings.address`.
 */
export async function checkDomain(tx: Tx, mailbox: Mailbox, earlier: Mailbox | null): Promise<void> {
  const { address } = mailbox.settings;
  if (mailbox.kind !== 'mailbox' || typeof address !== 'string' || !mailbox.enabled) return;
  if (earlier?.enabled && leadsOut(earlier) === leadsOut(mailbox) && earlier.settings.address === address) return;

  const domain = domainOfAddress(address);
  if (domain === undefined)
    throw invalidAt('settings.address', 'domain', `"${address}" has no domain that mail could reach`);
  const state = await getDomainState(tx, domain);
  if (state === 'foreign') {
    const message = `The domain ${domain} belongs to another company on this installation`;
    throw conflict('domain-taken', message, [{ path: 'settings.address', code: 'domain-taken', message }]);
  }
  if (state === 'unclaimed' && leadsOut(mailbox))
    throw invalidAt(
      'settings.address',
      'unclaimed-domain',
      `Nobody has shown that ${domain} is yours: claim it in Settings, Mail domains, or give an SMTP server of your own`,
    );
}

/** Through the system's mail server. */
function leadsOut({ provider, settings: { smtpHost } }: Mailbox): boolean {
  return provider === 'smtp' && (typeof smtpHost !== 'string' || smtpHost === '');
}
