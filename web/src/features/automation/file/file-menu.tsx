import { ActionIcon, Menu } from '@mantine/core';
import { Download, EllipsisVertical, Upload } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from '../automation.module.css';
import { useScreen } from '../editing/screen.tsx';
import { type Draft, type Edit, savedFile } from '../model/draft.ts';
import { ImportDialog } from './import-dialog.tsx';
import { offerFile } from './write-file.ts';

interface FileMenuProps {
  readonly draft: Draft;
  readonly apply: (change: Edit) => void;
}

/** The board as a file: out as it is drawn now, and in as a draft that can be looked at before it is saved. */
export function FileMenu({ draft, apply }: FileMenuProps) {
  const { t } = useTranslation('automation');
  const { readOnly } = useScreen();
  const [importing, setImporting] = useState(false);
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon className={styles.tool} size="lg" variant="default" aria-label={t('file.menu')}>
            <EllipsisVertical size={17} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {(['yaml', 'json'] as const).map((form) => (
            <Menu.Item
              key={form}
              leftSection={<Download size={16} />}
              onClick={() => void offerFile(savedFile(draft), form)}
            >
              {t(`file.export.${form}`)}
            </Menu.Item>
          ))}
          {!readOnly && (
            <Menu.Item leftSection={<Upload size={16} />} onClick={() => setImporting(true)}>
              {t('file.import')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {importing && <ImportDialog draft={draft} onTake={apply} onClose={() => setImporting(false)} />}
    </>
  );
}
