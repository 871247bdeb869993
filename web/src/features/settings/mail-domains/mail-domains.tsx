import { useQuery } from '@tanstack/react-query';
import { AtSign } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { mailDomainsQuery } from '../../../api/workspace/mail-domains.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';
import styles from '../settings.module.css';
import { AskForDomain } from './ask-for-domain.tsx';
import { DomainPanel } from './domain-panel.tsx';

/** Which domains' mail is the company's, over all companies of the installation. */
export function MailDomains() {
  const { t } = useTranslation('mailDomains');
  const { data: domains, error, refetch } = useQuery(mailDomainsQuery);
  return (
    <>
      <p className={styles.muted}>{t('intro')}</p>
      <AskForDomain />
      <ErrorNote error={error} retry={() => void refetch()} />
      {!domains && !error && <Loading />}
      {domains?.length === 0 && <EmptyState icon={AtSign} title={t('emptyTitle')} text={t('emptyText')} />}
      {domains?.map((one) => (
        <DomainPanel key={one.domain} domain={one} />
      ))}
    </>
  );
}
