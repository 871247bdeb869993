import { ActionIcon, Menu } from '@mantine/core';
import { FlaskConical, History, Zap } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardAddress } from '../../../api/automation/automation.ts';
import { NamedDrawer } from '../../../ui/panels/named-drawer.tsx';
import styles from '../automation.module.css';
import type { Draft } from '../model/draft.ts';
import { RehearsePanel } from './rehearse-panel.tsx';
import { TestPanel } from './test-panel.tsx';

interface TryMenuProps {
  readonly address: BoardAddress;
  readonly draft: Draft;
}

/** Trying the draft before it is saved: on one item now, or on what happened in the last days. Nothing is sent. */
export function TryMenu({ address, draft }: TryMenuProps) {
  const { t } = useTranslation('rehearsal');
  const [open, setOpen] = useState<'test' | 'rehearse' | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon className={styles.tool} size="lg" variant="default" aria-label={t('menu')} title={t('menu')}>
            <FlaskConical size={17} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Zap size={16} />} onClick={() => setOpen('test')}>
            {t('test.title')}
          </Menu.Item>
          <Menu.Item leftSection={<History size={16} />} onClick={() => setOpen('rehearse')}>
            {t('rehearse.title')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <NamedDrawer opened={open === 'test'} onClose={close} size={620} label={t('test.title')}>
        <TestPanel address={address} draft={draft} onClose={close} />
      </NamedDrawer>
      <NamedDrawer opened={open === 'rehearse'} onClose={close} size={760} label={t('rehearse.title')}>
        <RehearsePanel address={address} draft={draft} onClose={close} />
      </NamedDrawer>
    </>
  );
}
