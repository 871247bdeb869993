import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { taskHistoryQuery } from '../../../api/tasks/tasks.ts';
import { Loading } from '../../../ui/loading.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';
import { useFormat } from '../../../ui/text/format.ts';
import styles from './panel.module.css';
import { useHistoryWords } from './use-history-words.ts';

/** Who changed what, newest first. */
export function TaskHistory({ id }: { id: number }) {
  const { t } = useTranslation('tasks');
  const { t: common } = useTranslation();
  const { moment } = useFormat();
  const say = useHistoryWords();
  const { data, error, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery(taskHistoryQuery(id));
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (!data) return <Loading lines={4} />;
  return (
    <>
      <ul className={styles.history} aria-label={t('panel.history')}>
        {data.pages
          .flatMap((page) => page.data)
          .map((entry) => (
            <li key={entry.id} className={styles.change}>
              <time className={styles.small} dateTime={entry.at}>
                {moment(entry.at)}
              </time>
              <span>
                <strong>{entry.author?.name ?? t('panel.byItself')}</strong> {say(entry)}
              </span>
            </li>
          ))}
      </ul>
      {hasNextPage && (
        <Button variant="subtle" size="xs" onClick={() => void fetchNextPage()}>
          {common('common.loadMore')}
        </Button>
      )}
    </>
  );
}
