import { SegmentedControl } from '@mantine/core';
import type { Item } from '@signalbox/contract/items.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNarrow } from '../../ui/hooks/use-media.ts';
import { Fields } from './about/fields.tsx';
import { ItemHead } from './item-head.tsx';
import { type DrawnTabs, ItemTabs } from './item-tabs.tsx';
import styles from './items.module.css';
import { StageBar } from './stage-bar.tsx';

interface ItemCardProps {
  item: Item;
  close: () => void;
  drawn: DrawnTabs;
}

export function ItemCard({ item, close, drawn }: ItemCardProps) {
  const { t } = useTranslation();
  const narrow = useNarrow();
  const [shown, setShown] = useState('timeline');
  return (
    <>
      <ItemHead item={item} close={close} />
      <StageBar item={item} />
      <div className={styles.halves} data-shown={shown}>
        {narrow && (
          <SegmentedControl
            className={styles.switch}
            fullWidth
            value={shown}
            onChange={setShown}
            data={[
              { value: 'timeline', label: t('item.tabs.timeline') },
              { value: 'about', label: t('item.about') },
            ]}
          />
        )}
        <Fields item={item} />
        <ItemTabs item={item} drawn={drawn} />
      </div>
    </>
  );
}
