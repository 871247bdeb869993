import { VisuallyHidden } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Rows3 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePipelines } from '../../api/automation/pipelines.ts';
import { itemListQuery } from '../../api/items/item-list.ts';
import { TypeSwitch } from '../../controls/item-types/type-switch.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loading } from '../../ui/loading.tsx';
import { ErrorNote } from '../../ui/text/error-note.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { ItemTable } from './item-table.tsx';
import styles from './list.module.css';
import { useListColumns } from './list-columns.tsx';
import { ListHead } from './list-head.tsx';
import { useListView } from './use-list-view.ts';

export function ListPage() {
  const { t } = useTranslation('lists');
  const view = useListView();
  const { type, pipeline, search } = view;
  const { data: pipelines = [] } = usePipelines();
  const shown = pipelines.find(({ id }) => id === Number(pipeline));
  const columns = useListColumns(type);
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const query = { type, pipeline, q: search.q, sort: search.sort, filter: search.filter };
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetching } = useInfiniteQuery(itemListQuery(query));
  const items = data?.pages.flatMap((page) => page.data);
  const more = () => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  };
  return (
    <div className={styles.page}>
      <VisuallyHidden component="h1">{shown?.name ?? t('toggle.list')}</VisuallyHidden>
      <div className={styles.types}>
        <TypeSwitch type={type} to="/list/$type/$pipeline" />
      </div>
      <ListHead view={view} columns={columns} query={query} stages={shown?.stages ?? []} />
      <ErrorNote error={error} retry={() => void refetch()} />
      {!items && !error && <Loading lines={8} />}
      {items?.length === 0 && !hasNextPage && (
        <EmptyState icon={Rows3} title={t('list.empty')} text={t('list.emptyText')} />
      )}
      {items && items.length > 0 && (
        <ItemTable
          items={items}
          columns={columns.filter(({ code }) => view.columns.includes(code))}
          view={view}
          selected={selected}
          onSelect={setSelected}
          more={more}
        />
      )}
      {selected.size > 0 && (
        <BulkBar
          type={type}
          pipeline={Number(pipeline)}
          ids={[...selected]}
          stages={shown?.stages ?? []}
          clear={() => setSelected(new Set())}
        />
      )}
    </div>
  );
}
