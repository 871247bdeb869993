import type { Email } from '@signalbox/contract/channels/emails.ts';
import { useQuery } from '@tanstack/react-query';
import { MailQuestion } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { heldMailQuery } from '../../../api/items/held-mail.ts';
import { ForwardOffer } from '../../../controls/mail/forward-offer.tsx';
import { useWhyUnverified } from '../../../controls/mail/why-unverified.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { Panel } from '../../../ui/panels/panel.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';
import { RelativeTime } from '../../../ui/text/relative-time.tsx';
import styles from '../settings.module.css';
import { LetThrough } from './let-through.tsx';
import { Trusted } from './trusted.tsx';

/** Mail that waits for somebody to say what it is. */
export function HeldMail() {
  const { t } = useTranslation('mail');
  const { data: letters, error, refetch } = useQuery(heldMailQuery);
  return (
    <>
      <p className={styles.muted}>{t('intro')}</p>
      <ErrorNote error={error} retry={() => void refetch()} />
      {!letters && !error && <Loading />}
      {letters?.length === 0 && <EmptyState icon={MailQuestion} title={t('emptyTitle')} text={t('emptyText')} />}
      {letters?.map((letter) => (
        <Held key={letter.id} letter={letter} />
      ))}
      <Trusted />
    </>
  );
}

function Held({ letter }: { readonly letter: Email }) {
  const { t } = useTranslation();
  const unverified = useWhyUnverified(letter);
  const { from, subject, text, at, author } = letter;
  return (
    <Panel
      title={subject || t('email.noSubject')}
      actions={
        <span className={styles.email}>
          <RelativeTime at={at} />
        </span>
      }
    >
      <p className={styles.email}>
        {t('email.from', { who: author?.name ?? (from.name ? `${from.name} <${from.address}>` : from.address) })}
      </p>
      {unverified && <p className={styles.why}>{unverified}</p>}
      <p className={styles.excerpt}>{text.slice(0, 600)}</p>
      <ForwardOffer email={letter} />
      <LetThrough letter={letter} />
    </Panel>
  );
}
