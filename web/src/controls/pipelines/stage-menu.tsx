import { ActionIcon, ColorSwatch, Menu } from '@mantine/core';
import type { Pipeline } from '@signalbox/contract/pipelines.ts';
import { ArrowLeft, ArrowRight, EllipsisVertical, ListOrdered, Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DeleteStage } from './delete-stage.tsx';
import styles from './pipelines.module.css';
import { draftOf, mayRemove, newStage, type StageEdit, stageColors, stepOf } from './stage-edits.ts';
import { StagesDialog } from './stages-dialog.tsx';
import { useSaveStageEdit } from './use-stage-edits.ts';
import { useStageKinds } from './use-stage-kinds.ts';

interface StageMenuProps {
  readonly pipeline: Pipeline;
  readonly code: string;
  /** Opens the name for editing where it stands. */
  readonly onRename: () => void;
}

/** What can be done with a stage where it stands: each saved at once. Open when it is first drawn. */
export function StageMenu({ pipeline, code, onRename }: StageMenuProps) {
  const { t } = useTranslation('pipelines');
  const [shown, setShown] = useState<'all' | 'delete' | null>(null);
  const { mutate, isPending } = useSaveStageEdit(pipeline);
  const stages = draftOf(pipeline.stages);
  const stage = stages.find((one) => one.key === code);
  if (stage === undefined) return null;
  const others = stages.filter(({ key }) => key !== code);
  return (
    <>
      <Menu position="bottom-end" withinPortal defaultOpened>
        <Menu.Target>
          <ActionIcon
            size="sm"
            variant="transparent"
            className={styles.more}
            loading={isPending}
            aria-label={t('stages.menu', { stage: stage.name })}
          >
            <EllipsisVertical size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown className={styles.menu}>
          <Menu.Item leftSection={<Pencil size={15} />} onClick={onRename}>
            {t('stages.rename')}
          </Menu.Item>
          <ColorItems value={stage.color} onChange={(color) => mutate({ do: 'change', key: code, to: { color } })} />
          <KindItems
            value={stage.kind}
            fixed={!mayRemove(stages, stage)}
            onChange={(kind) => mutate({ do: 'change', key: code, to: { kind } })}
          />
          <Menu.Divider />
          <PlaceItems stages={stages} stage={stage} save={mutate} />
          <Menu.Divider />
          <Menu.Item leftSection={<ListOrdered size={15} />} onClick={() => setShown('all')}>
            {t('stages.all')}
          </Menu.Item>
          <Menu.Item
            leftSection={<Trash2 size={15} />}
            disabled={!mayRemove(stages, stage)}
            onClick={() => setShown('delete')}
          >
            {t('stages.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {shown === 'all' && <StagesDialog pipeline={pipeline} close={() => setShown(null)} />}
      {shown === 'delete' && (
        <DeleteStage pipeline={pipeline} stage={stage} others={others} onDelete={mutate} close={() => setShown(null)} />
      )}
    </>
  );
}

type Stages = ReturnType<typeof draftOf>;
interface PlaceItemsProps {
  readonly stages: Stages;
  readonly stage: Stages[number];
  readonly save: (edit: StageEdit) => void;
}

function PlaceItems({ stages, stage, save }: PlaceItemsProps) {
  const { t } = useTranslation('pipelines');
  const [left, right] = [stepOf(stages, stage.key, -1), stepOf(stages, stage.key, 1)];
  const next = stages[stages.indexOf(stage) + 1]?.key ?? null;
  const add = (before: string | null) =>
    save({ do: 'add', stage: newStage(stages, t('stages.new'), stage.kind), before });
  return (
    <>
      <Menu.Item leftSection={<Plus size={15} />} onClick={() => add(stage.key)}>
        {t('stages.addBefore')}
      </Menu.Item>
      <Menu.Item leftSection={<Plus size={15} />} onClick={() => add(next)}>
        {t('stages.addAfter')}
      </Menu.Item>
      <Menu.Item leftSection={<ArrowLeft size={15} />} disabled={left === null} onClick={() => left && save(left)}>
        {t('stages.left')}
      </Menu.Item>
      <Menu.Item leftSection={<ArrowRight size={15} />} disabled={right === null} onClick={() => right && save(right)}>
        {t('stages.right')}
      </Menu.Item>
    </>
  );
}

function ColorItems({ value, onChange }: { value: string; onChange: (color: string) => void }) {
  const { t } = useTranslation('pipelines');
  return (
    <>
      <Menu.Label>{t('stages.color')}</Menu.Label>
      <div className={styles.colors}>
        {stageColors.map((color) => (
          <Menu.Item
            key={color}
            className={styles.colorItem}
            aria-label={color}
            data-chosen={color === value || undefined}
            onClick={() => onChange(color)}
          >
            <ColorSwatch component="span" color={color} size={20} withShadow={false} />
          </Menu.Item>
        ))}
      </div>
    </>
  );
}

interface KindItemsProps {
  readonly value: Stages[number]['kind'];
  readonly fixed: boolean;
  readonly onChange: (kind: Stages[number]['kind']) => void;
}

function KindItems({ value, fixed, onChange }: KindItemsProps) {
  const { t } = useTranslation('pipelines');
  const { options, readKind } = useStageKinds();
  return (
    <>
      <Menu.Label>{t('stages.kind')}</Menu.Label>
      <Menu.RadioGroup value={value} onChange={(kind) => onChange(readKind(kind))}>
        {options.map((option) => (
          <Menu.RadioItem key={option.value} value={option.value} disabled={fixed}>
            {option.label}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  );
}
