import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { FileX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { itemQuery } from '../../api/items/items.ts';
import { isMissing } from '../../api/transport/errors.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loading } from '../../ui/loading.tsx';
import { SidePanel } from '../../ui/panels/side-panel.tsx';
import { ErrorNote } from '../../ui/text/error-note.tsx';
import { ItemCard } from './item-card.tsx';
import type { DrawnTabs } from './item-tabs.tsx';

/** The item's card over its board: the address names it, Escape or back closes it. */
export function ItemPanel({ drawn }: { drawn: DrawnTabs }) {
  const { t } = useTranslation();
  const params = useParams({ from: '/signed-in/board/$type/$pipeline/items/$item' });
  const navigate = useNavigate({ from: '/board/$type/$pipeline/items/$item' });
  const id = Number(params.item);
  const { data: item, error, refetch } = useQuery(itemQuery(id));
  const close = () => void navigate({ to: '/board/$type/$pipeline', search: ({ q }) => ({ q }) });

  return (
    <SidePanel label={item?.title ?? t('item.card')} width="min(1180px, 92vw)" close={close}>
      {isMissing(error) ? (
        <EmptyState icon={FileX} title={t('item.gone')} text={t('item.goneText')} />
      ) : (
        <ErrorNote error={error} retry={() => void refetch()} />
      )}
      {item ? <ItemCard key={id} item={item} close={close} drawn={drawn} /> : !error && <Loading lines={8} />}
    </SidePanel>
  );
}
