import { Button } from '@mantine/core';
import type { SandboxMail } from '@signalbox/contract/channels/sandbox.ts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Mail, MailOpen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { sandboxMailQuery } from '../../../api/workspace/sandbox.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { useNarrow } from '../../../ui/hooks/use-media.ts';
import { Loading } from '../../../ui/loading.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';
import { RelativeTime } from '../../../ui/text/relative-time.tsx';
import styles from './mail.module.css';
import { MailReader } from './mail-reader.tsx';

/** What the sandbox has kept instead of sending, to be opened, clicked and answered as the client would. */
export function Page() {
  const { t } = useTranslation();
  const { id } = useSearch({ from: '/signed-in/sandbox/$channel' });
  const { data, error, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery(sandboxMailQuery);
  const narrow = useNarrow();
  const mails = data?.pages.flatMap((page) => page.data) ?? [];
  const chosen = mails.find((mail) => mail.id === id) ?? (narrow ? undefined : mails[0]);

  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (!data) return <Loading lines={8} />;
  if (mails.length === 0) return <EmptyState icon={Mail} title={t('mail.empty')} text={t('mail.emptyText')} />;
  return (
    <div className={styles.page} data-reading={chosen !== undefined || undefined}>
      <nav className={styles.list} aria-label={t('sandbox.kept')}>
        {mails.map((mail) => (
          <MailRow key={mail.id} mail={mail} chosen={mail === chosen} />
        ))}
        {hasNextPage && (
          <Button variant="subtle" fullWidth onClick={() => void fetchNextPage()}>
            {t('common.loadMore')}
          </Button>
        )}
      </nav>
      {chosen ? (
        <MailReader key={chosen.id} mail={chosen} />
      ) : (
        <EmptyState icon={MailOpen} title={t('mail.choose')} text="" />
      )}
    </div>
  );
}

function MailRow({ mail, chosen }: { mail: SandboxMail; chosen: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate({ from: '/sandbox/$channel' });
  return (
    <button
      type="button"
      className={styles.row}
      aria-current={chosen || undefined}
      onClick={() => void navigate({ search: { id: mail.id } })}
    >
      <span className={styles.rowTop}>
        <span className={styles.receiver}>{mail.to.join(', ')}</span>
        <RelativeTime at={mail.at} />
      </span>
      <span className={styles.subject}>{mail.subject || t('email.noSubject')}</span>
      <span className={styles.preview}>{previewOf(mail.text)}</span>
    </button>
  );
}

const previewLetters = 120;

// In the plain text each link stands beside its words, as long as tracking makes it.
const previewOf = (text: string) =>
  text
    .replaceAll(/ ?\[https?:[^\]]*\]/g, '')
    .replaceAll(/\s+/g, ' ')
    .slice(0, previewLetters);
