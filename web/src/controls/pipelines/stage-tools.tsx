import { ActionIcon } from '@mantine/core';
import type { Pipeline } from '@signalbox/contract/pipelines.ts';
import { EllipsisVertical } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePipelines } from '../../api/automation/pipelines.ts';
import { useMe } from '../../api/workspace/me.ts';
import styles from './pipelines.module.css';
import { StageMenu } from './stage-menu.tsx';

interface StageToolsProps {
  readonly pipeline: number;
  readonly code: string;
  readonly name: string;
  readonly onRename: () => void;
  /** It was left for the name a moment ago. */
  readonly focused: boolean;
}

/** The menu of a stage's header, for those who may change it. A board has many columns: it is made when it is first asked for. */
export function StageTools({ pipeline: id, code, name, onRename, focused }: StageToolsProps) {
  const { t } = useTranslation('pipelines');
  const { automation } = useMe().rights.areas;
  const pipeline = useOnePipeline(id);
  const [wanted, setWanted] = useState(false);
  if (!automation || pipeline === undefined) return null;
  if (wanted) return <StageMenu pipeline={pipeline} code={code} onRename={onRename} />;
  return (
    <ActionIcon
      size="sm"
      variant="transparent"
      className={styles.more}
      aria-label={t('stages.menu', { stage: name })}
      aria-haspopup="menu"
      autoFocus={focused}
      onClick={() => setWanted(true)}
    >
      <EllipsisVertical size={16} />
    </ActionIcon>
  );
}

export function useOnePipeline(id: number): Pipeline | undefined {
  return usePipelines().data?.find((one) => one.id === id);
}
