import { Button, Group } from '@mantine/core';
import type { MailDomain } from '@signalbox/contract/channels/mail-domains.ts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCheckDomain } from '../../../api/workspace/mail-domains.ts';
import { CopyLine } from '../../../ui/text/copy-line.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';
import { RelativeTime } from '../../../ui/text/relative-time.tsx';
import styles from '../settings.module.css';

interface Asked {
  readonly domain: MailDomain;
  readonly record: NonNullable<MailDomain['record']>;
  /** What else can be done, beside the look for it. */
  readonly children: ReactNode;
}

/** The record that whoever rules the domain puts into its DNS, and the look for it. */
export function DomainProof({ domain: { domain, problem, checkedAt }, record, children }: Asked) {
  const { t } = useTranslation('mailDomains');
  const { mutate: check, error, isPending } = useCheckDomain();
  return (
    <>
      <p className={styles.why}>{t('recordHint')}</p>
      <CopyLine label={t('recordName')} value={record.name} />
      <CopyLine label={t('recordValue')} value={record.value} />
      {problem && checkedAt && (
        <p className={styles.why} role="status">
          {t(`problems.${problem}`)} <RelativeTime at={checkedAt} />
        </p>
      )}
      <ErrorNote error={error} />
      <Group gap="xs" mt="xs">
        <Button size="xs" loading={isPending} onClick={() => check(domain)}>
          {t('check')}
        </Button>
        {children}
      </Group>
    </>
  );
}
