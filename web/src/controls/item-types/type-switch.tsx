import { ActionIcon, Tabs, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { usePipelines } from '../../api/automation/pipelines.ts';
import { useSmartProcesses, useTypeNames } from '../../api/items/item-types.ts';
import { useMe } from '../../api/workspace/me.ts';
import { lastPipeline } from '../../ui/last-pipeline.ts';
import styles from './item-types.module.css';
import { TypeDialog } from './type-dialog.tsx';
import { TypeIcon } from './type-icon.tsx';

interface TypeSwitchProps {
  readonly type: string;
  /** Where the items of the chosen type are shown. */
  readonly to: '/board/$type/$pipeline' | '/list/$type/$pipeline';
}

/** The types that have a pipeline; whoever has the right to settings makes a smart process behind them. */
export function TypeSwitch({ type, to }: TypeSwitchProps) {
  const { t } = useTranslation('translation');
  const names = useTypeNames();
  const navigate = useNavigate();
  const own = new Map(useSmartProcesses().map((process) => [process.code, process.icon]));
  const { data: pipelines = [] } = usePipelines();
  const types = [...new Set([...pipelines.map((one) => one.type)])].toSorted(
    (one, other) => Number(own.has(one)) - Number(own.has(other)),
  );
  const list = useTabInSight(type, types.length);
  const show = (chosen: string) => {
    const pipeline = lastPipeline(pipelines, chosen);
    if (pipeline) void navigate({ to, params: { type: chosen, pipeline: String(pipeline.id) } });
  };

  return (
    <div className={styles.switch}>
      <Tabs
        value={type}
        onChange={(chosen) => chosen && show(chosen)}
        variant="pills"
        radius="md"
        className={styles.tabs}
      >
        <Tabs.List ref={list} className={styles.types} aria-label={t('shell.crm')}>
          {types.map((one) => (
            <Tabs.Tab
              key={one}
              value={one}
              size="sm"
              leftSection={own.has(one) ? <TypeIcon icon={own.get(one) ?? null} size={15} /> : undefined}
            >
              {names.many(one)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </Tabs>
      <MakeType />
    </div>
  );
}

/** Scrolls by hand: scrollIntoView would let Tab begin from there instead of the top of the page. */
function useTabInSight(type: string, count: number) {
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another type is another tab to bring into sight
  useEffect(() => {
    const tab = list.current?.querySelector<HTMLElement>('[data-active]');
    if (!tab) return;
    const middle = (tab.parentElement?.clientWidth ?? 0) / 2;
    list.current?.scrollTo({ left: tab.offsetLeft + tab.offsetWidth / 2 - middle, top: tab.offsetTop });
  }, [type, count]);
  return list;
}

function MakeType() {
  const { t } = useTranslation('itemTypes');
  const navigate = useNavigate();
  const { settings } = useMe().rights.areas;
  const [opened, { open, close }] = useDisclosure(false);
  if (!settings) return null;
  return (
    <>
      <Tooltip label={t('make')}>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('make')} onClick={open}>
          <Plus size={17} />
        </ActionIcon>
      </Tooltip>
      {opened && (
        <TypeDialog
          process={null}
          close={close}
          onSaved={({ code }) => void navigate({ to: '/board/$type', params: { type: code } })}
        />
      )}
    </>
  );
}
