import { ActionIcon, FileButton, Menu, Modal, Text } from '@mantine/core';
import { Download, EllipsisVertical, Upload } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { automationFile, type BoardAddress } from '../../api/automation.ts';
import styles from './automation.module.css';
import type { Draft, Edit } from './model/draft.ts';
import { cardsOf, fileOf } from './model/file.ts';
import type { BoardFile } from './model/file-shape.ts';

interface FileMenuProps {
  readonly address: BoardAddress;
  readonly draft: Draft;
  readonly apply: (change: Edit) => void;
}

/** The board as a file: out as it is drawn now, and in as a draft that can be looked at before it is saved. */
export function FileMenu({ draft, apply }: FileMenuProps) {
  const { t } = useTranslation('automation');
  const [problem, setProblem] = useState<string | null>(null);
  const take = async (file: File | null) => {
    if (file === null) return;
    const read = readFile(await file.text());
    if (read === null) return setProblem(file.name);
    apply({ do: 'replace', cards: cardsOf(read), stages: read.stages.length === 0 ? null : read.stages });
  };
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon className={styles.tool} size="lg" variant="default" aria-label={t('file.menu')}>
            <EllipsisVertical size={17} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Download size={16} />} onClick={() => offer(fileOf(draft.file, draft.cards))}>
            {t('file.export')}
          </Menu.Item>
          <FileButton accept="application/json,.json" onChange={(file) => void take(file)}>
            {(props) => (
              <Menu.Item {...props} closeMenuOnClick={false} leftSection={<Upload size={16} />}>
                {t('file.import')}
              </Menu.Item>
            )}
          </FileButton>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={problem !== null} onClose={() => setProblem(null)} title={t('file.import')}>
        <Text size="sm">{t('file.unreadable', { name: problem ?? '' })}</Text>
      </Modal>
    </>
  );
}

function readFile(text: string): BoardFile | null {
  try {
    return automationFile.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function offer(file: BoardFile): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(file, null, 2)], { type: 'application/json' }));
  const link = Object.assign(document.createElement('a'), {
    href: url,
    download: `${file.type}-${file.pipeline}.json`,
  });
  link.click();
  URL.revokeObjectURL(url);
}
