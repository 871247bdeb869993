import { Drawer } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { FileX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { isMissing } from '../../api/errors.ts';
import { itemQuery } from '../../api/items.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Loading } from '../../ui/loading.tsx';
import { useNarrow } from '../../ui/use-media.ts';
import { type AutomationTab, ItemCard } from './item-card.tsx';
import styles from './items.module.css';

/** The item's card over its board: the address names it, Escape or back closes it. */
export function ItemPanel({ automationTab }: { automationTab: AutomationTab }) {
  const { t } = useTranslation();
  const params = useParams({ from: '/signed-in/board/$type/$pipeline/items/$item' });
  const navigate = useNavigate({ from: '/board/$type/$pipeline/items/$item' });
  const narrow = useNarrow();
  const id = Number(params.item);
  const { data: item, error, refetch } = useQuery(itemQuery(id));
  const close = () => void navigate({ to: '/board/$type/$pipeline', search: ({ q }) => ({ q }) });

  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size={narrow ? '100%' : 'min(1180px, 92vw)'}
      withCloseButton={false}
      padding={0}
      aria-label={item?.title ?? t('item.card')}
      classNames={{ body: styles.body, content: styles.content }}
      transitionProps={{ duration: 140 }}
    >
      {isMissing(error) ? (
        <EmptyState icon={FileX} title={t('item.gone')} text={t('item.goneText')} />
      ) : (
        <ErrorNote error={error} retry={() => void refetch()} />
      )}
      {item ? (
        <ItemCard key={id} item={item} close={close} automationTab={automationTab} />
      ) : (
        !error && <Loading lines={8} />
      )}
    </Drawer>
  );
}
