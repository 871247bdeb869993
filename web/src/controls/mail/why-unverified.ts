import type { Email } from '@signalbox/contract/channels/emails.ts';
import { useTranslation } from 'react-i18next';

/** That the writer may be somebody else, and why; null where that is proved, or nobody looked. */
export function useWhyUnverified({ verified, authentication }: Email): string | null {
  const { t } = useTranslation('mail');
  if (verified !== false || authentication === null) return null;
  const { why, isProven, domain } = authentication;
  const reason = isProven || why === 'dmarc' || why === 'dkim' || why === 'spf' ? 'named' : why;
  return `${t('unverified')}: ${t(`unverifiedWhy.${reason}`, { domain })}`;
}
