import { Button } from '@mantine/core';
import { useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { itemSignalsQuery } from '../../api/items/item-automation.ts';
import { KeptApart } from '../../ui/kept-apart.tsx';
import styles from './automation-tab.module.css';
import { SignalLine } from './signal-line.tsx';
import { useMoves } from './use-moves.ts';
import type { TabFacts } from './use-tab-facts.ts';

/** Every signal that reached the item, with the reason why it moved or did not. */
export function DecisionLog({ itemId, facts }: { itemId: number; facts: TabFacts }) {
  const { t } = useTranslation('automation');
  const query = useSuspenseInfiniteQuery(itemSignalsQuery(itemId));
  const moves = useMoves(itemId);
  const { signal: asked } = useSearch({ from: '/signed-in/board/$type/$pipeline/items/$item' });
  const signals = query.data.pages.flatMap(({ data }) => data);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const found = asked === undefined || signals.some(({ id }) => id === asked);
  useEffect(() => {
    if (!found && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [found, hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <section aria-label={t('log.title')}>
      <h3 className={styles.heading}>{t('log.title')}</h3>
      {signals.length === 0 && <p className={styles.quiet}>{t('log.empty')}</p>}
      <ol className={styles.log}>
        {signals.map((signal) => (
          <KeptApart key={signal.id} id={`${signal.id} ${signal.decidedAt}`} as="li">
            <SignalLine signal={signal} from={moves.get(signal.id)} facts={facts} asked={signal.id === asked} />
          </KeptApart>
        ))}
      </ol>
      {query.hasNextPage && (
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => query.fetchNextPage()}
          loading={query.isFetchingNextPage}
        >
          {t('log.more')}
        </Button>
      )}
    </section>
  );
}
