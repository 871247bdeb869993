import type { Item } from '@signalbox/contract/items.ts';
import type { ComponentType } from 'react';
import { Fields } from './fields.tsx';
import { ItemHead } from './item-head.tsx';
import { ItemTabs } from './item-tabs.tsx';
import styles from './items.module.css';
import { StageBar } from './stage-bar.tsx';

export type AutomationTab = ComponentType<{ itemId: number }>;

interface ItemCardProps {
  item: Item;
  close: () => void;
  automationTab: AutomationTab;
}

export function ItemCard({ item, close, automationTab }: ItemCardProps) {
  return (
    <>
      <ItemHead item={item} close={close} />
      <StageBar item={item} />
      <div className={styles.halves}>
        <Fields item={item} />
        <ItemTabs item={item} automationTab={automationTab} />
      </div>
    </>
  );
}
