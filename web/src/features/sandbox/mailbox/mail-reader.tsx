import { ActionIcon } from '@mantine/core';
import type { SandboxMail } from '@signalbox/contract/channels/sandbox.ts';
import { useNavigate } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { TextLink } from '../../../ui/button-link.tsx';
import { useFormat } from '../../../ui/text/format.ts';
import { MailFrame } from '../../../ui/text/mail-frame.tsx';
import styles from './mail.module.css';
import { MailActions } from './mail-actions.tsx';
import { untracked } from './untracked.ts';

export function MailReader({ mail }: { mail: SandboxMail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate({ from: '/sandbox/$channel' });
  return (
    <article className={styles.reader}>
      <header className={styles.head}>
        <ActionIcon className={styles.back} aria-label={t('common.back')} onClick={() => void navigate({ search: {} })}>
          <ArrowLeft size={18} />
        </ActionIcon>
        <div>
          <h1 className={styles.title}>{mail.subject || t('email.noSubject')}</h1>
          <p className={styles.meta}>
            {t('email.from', { who: mail.from })} · {t('email.to', { who: mail.to.join(', ') })} ·{' '}
            {format.moment(mail.at)}
          </p>
        </div>
        {mail.item && (
          <TextLink size="sm" className={styles.itemLink} to="/items/$item" params={{ item: String(mail.item) }}>
            {t('mail.openItem')}
          </TextLink>
        )}
      </header>
      <MailActions mail={mail} />
      {mail.html ? (
        <MailFrame html={untracked(mail.html)} title={mail.subject} images={false} />
      ) : (
        <p className={styles.plain}>{mail.text}</p>
      )}
    </article>
  );
}
