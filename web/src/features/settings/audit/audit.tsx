import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { ScrollText, Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { auditListQuery } from '../../../api/workspace/audit.ts';
import { useMe } from '../../../api/workspace/me.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { Panel } from '../../../ui/panels/panel.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';
import styles from '../settings.module.css';
import own from './audit.module.css';
import { AuditFilters } from './audit-filters.tsx';
import { AuditRow } from './audit-row.tsx';
import { useAuditFilter } from './use-audit-filter.ts';

/** Who did what for good or to everybody: for administrators. */
export function Audit() {
  const { t } = useTranslation('audit');
  if (useMe().role !== 'admin') return <p className={styles.muted}>{t('onlyAdmins')}</p>;
  return (
    <>
      <p className={styles.muted}>{t('intro')}</p>
      <AuditFilters />
      <Panel>
        <Found />
      </Panel>
    </>
  );
}

function Found() {
  const { t } = useTranslation(['audit', 'translation']);
  const { filter, isNarrowed } = useAuditFilter();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    auditListQuery(filter),
  );
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (!data) return <Loading lines={8} />;

  const entries = data.pages.flatMap((page) => page.data);
  if (entries.length === 0 && isNarrowed) {
    return <EmptyState icon={Search} title={t('translation:common.nothingFound')} text={t('nothingText')} />;
  }
  if (entries.length === 0) return <EmptyState icon={ScrollText} title={t('empty')} text={t('emptyText')} />;
  return (
    <>
      <ol className={own.rows}>
        {entries.map((entry) => (
          <AuditRow key={entry.id} entry={entry} />
        ))}
      </ol>
      {hasNextPage && (
        <Button variant="subtle" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('translation:common.loadMore')}
        </Button>
      )}
    </>
  );
}
