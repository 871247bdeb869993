import { ActionIcon, Button, Menu, Tabs, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { ChevronDown, ListFilter, Rows3, Search, Workflow, Zap } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { BoardAddress } from '../../api/automation/automation.ts';
import { PipelineMenu } from '../../controls/pipelines/pipeline-menu.tsx';
import styles from './automation.module.css';
import { OnlyMenu } from './editing/only-menu.tsx';
import { PipelineSelect } from './editing/pipeline-select.tsx';
import { GREEN, useScreen } from './editing/screen.tsx';
import { FileMenu } from './file/file-menu.tsx';
import type { Draft, Edit } from './model/draft.ts';
import type { ShownFilter } from './model/shown.ts';
import { TryMenu } from './rehearsal/try-menu.tsx';

export const tabs = ['board', 'versions', 'runs', 'check'] as const;
export type Tab = (typeof tabs)[number];

interface TopBarProps {
  readonly address: BoardAddress;
  readonly tab: Tab;
  readonly onTab: (tab: Tab) => void;
  readonly filter: ShownFilter;
  readonly onFilter: (filter: ShownFilter) => void;
  readonly compact: boolean;
  readonly onCompact: (compact: boolean) => void;
  readonly draft: Draft;
  readonly apply: (change: Edit) => void;
}

export function TopBar({ address, tab, onTab, filter, onFilter, compact, onCompact, draft, apply }: TopBarProps) {
  const { t } = useTranslation('automation');
  const navigate = useNavigate();
  const { readOnly } = useScreen();
  // Checking is for those who can mend what is found.
  const shown = tabs.filter((value) => value !== 'check' || !readOnly);
  return (
    <header className={styles.top}>
      <h1 className={styles.title}>{t('title')}</h1>
      <PipelineSelect
        value={String(address.pipeline)}
        className={styles.pipeline}
        onChange={({ type, id }) =>
          void navigate({ to: '/automation/$type/$pipeline', params: { type, pipeline: String(id) } })
        }
      />
      <div className={styles.manage}>
        <PipelineMenu
          type={address.type}
          pipeline={Number(address.pipeline)}
          open={({ type, id }) =>
            void navigate({ to: '/automation/$type/$pipeline', params: { type, pipeline: String(id) } })
          }
        />
      </div>
      <Tabs
        value={tab}
        onChange={(next) => onTab(tabs.find((known) => known === next) ?? 'board')}
        className={styles.tabs}
      >
        <Tabs.List style={{ flexWrap: 'nowrap' }}>
          {shown.map((value) => (
            <Tabs.Tab key={value} value={value}>
              {t(`tabs.${value}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </Tabs>
      <TextInput
        className={styles.search}
        aria-label={t('board.search')}
        placeholder={t('board.search')}
        leftSection={<Search size={15} />}
        value={filter.text}
        onChange={(event) => onFilter({ ...filter, text: event.currentTarget.value })}
      />
      <OnlyMenu
        only={filter.only}
        onChange={(only) => onFilter({ ...filter, only })}
        icon={<ListFilter size={17} />}
        className={styles.tool}
      />
      <ActionIcon
        className={styles.tool}
        size="lg"
        variant={compact ? 'light' : 'default'}
        aria-pressed={compact}
        aria-label={t('board.compact')}
        title={t('board.compact')}
        onClick={() => onCompact(!compact)}
      >
        <Rows3 size={17} />
      </ActionIcon>
      {!readOnly && <TryMenu address={address} draft={draft} />}
      <FileMenu draft={draft} apply={apply} />
      <CreateButton />
    </header>
  );
}

function CreateButton() {
  const { t } = useTranslation('automation');
  const { openCatalogue, readOnly } = useScreen();
  if (readOnly) return null;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button className={styles.create} color={GREEN} rightSection={<ChevronDown size={15} />}>
          {t('create.button')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Zap size={16} />} onClick={() => openCatalogue(null, 'trigger')}>
          {t('create.trigger')}
        </Menu.Item>
        <Menu.Item leftSection={<Workflow size={16} />} onClick={() => openCatalogue(null, 'rule')}>
          {t('create.rule')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
