import { Button } from '@mantine/core';
import type { Item } from '@signalbox/contract/items.ts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { timelineQuery } from '../../api/items/items.ts';
import { KeptApart } from '../../ui/kept-apart.tsx';
import { Loading } from '../../ui/loading.tsx';
import { ErrorNote } from '../../ui/text/error-note.tsx';
import type { Answer } from './composer/answer.ts';
import { entryOf } from './entries/index.ts';
import styles from './timeline.module.css';

interface TimelineProps {
  item: Item;
  answer: (answer: Answer) => void;
}

export function Timeline({ item, answer }: TimelineProps) {
  const { t } = useTranslation();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    timelineQuery(item.id),
  );
  const entries = data?.pages.flatMap((page) => page.data) ?? [];

  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (!data) return <Loading lines={6} />;
  return (
    <>
      <ol className={styles.timeline} aria-label={t('item.tabs.timeline')}>
        {entries.map((entry) => {
          const Entry = entryOf(entry.kind);
          return (
            <KeptApart key={entry.id} id={entry.id} as="li">
              <Entry entry={entry} item={item} answer={answer} />
            </KeptApart>
          );
        })}
      </ol>
      {hasNextPage && (
        <Button variant="subtle" size="xs" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('common.loadMore')}
        </Button>
      )}
    </>
  );
}
