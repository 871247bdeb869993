import { Tabs } from '@mantine/core';
import type { Item } from '@signalbox/contract/items.ts';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ComponentType, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../api/workspace/may.ts';
import { Loading } from '../../ui/loading.tsx';
import type { Answer } from './composer/answer.ts';
import { Composer } from './composer/composer.tsx';
import { History } from './history.tsx';
import styles from './items.module.css';
import { Timeline } from './timeline.tsx';

/** The tabs that other features draw. */
export type DrawnTabs = Readonly<Record<'tasks' | 'automation', ComponentType<{ itemId: number }>>>;

const tabs = ['timeline', 'tasks', 'history', 'automation'] as const;

export function ItemTabs({ item, drawn }: { item: Item; drawn: DrawnTabs }) {
  const { t } = useTranslation();
  const { tab = 'timeline' } = useSearch({ from: '/signed-in/board/$type/$pipeline/items/$item' });
  const navigate = useNavigate({ from: '/board/$type/$pipeline/items/$item' });
  const [asked, answer] = useState<Answer | null>(null);
  const mayChange = useMay().item(item, 'change');
  const open = (chosen: string | null) =>
    void navigate({ search: (before) => ({ ...before, tab: tabs.find((one) => one === chosen) }), replace: true });

  return (
    <div className={styles.tabs}>
      {mayChange && <Composer item={item} answer={asked} forgetAnswer={() => answer(null)} />}
      <Tabs value={tab} onChange={open} keepMounted={false}>
        <Tabs.List mb="sm">
          {tabs.map((name) => (
            <Tabs.Tab key={name} value={name} className={styles.tab}>
              {t(`item.tabs.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="timeline">
          <Timeline item={item} answer={answer} />
        </Tabs.Panel>
        <Tabs.Panel value="history">
          <History item={item} />
        </Tabs.Panel>
        {(['tasks', 'automation'] as const).map((name) => {
          const Drawn = drawn[name];
          return (
            <Tabs.Panel key={name} value={name}>
              <Suspense fallback={<Loading />}>
                <Drawn itemId={item.id} />
              </Suspense>
            </Tabs.Panel>
          );
        })}
      </Tabs>
    </div>
  );
}
