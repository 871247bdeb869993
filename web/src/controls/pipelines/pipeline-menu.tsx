import { ActionIcon, Menu } from '@mantine/core';
import type { Pipeline } from '@signalbox/contract/pipelines.ts';
import { ListOrdered, Plus, Settings2, Workflow } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePipelines } from '../../api/automation/pipelines.ts';
import { useMe } from '../../api/workspace/me.ts';
import { ManagePipelines } from './manage-pipelines.tsx';
import { NewPipeline } from './new-pipeline.tsx';
import { StagesDialog } from './stages-dialog.tsx';

interface PipelineMenuProps {
  readonly type: string;
  readonly pipeline: number;
  /** Shows another pipeline on this screen: a new one, or the next when the shown one was deleted. */
  readonly open: (pipeline: Pipeline) => void;
}

type Shown = { readonly what: 'manage' | 'new' } | { readonly what: 'stages'; readonly id: number };

/** Beside the chooser of pipelines, for those who may change them. */
export function PipelineMenu({ type, pipeline, open }: PipelineMenuProps) {
  const { t } = useTranslation('pipelines');
  const { automation } = useMe().rights.areas;
  const { data: pipelines = [] } = usePipelines();
  const [shown, setShown] = useState<Shown | null>(null);
  const close = () => setShown(null);
  const staged = shown?.what === 'stages' ? pipelines.find(({ id }) => id === shown.id) : undefined;
  if (!automation) return null;
  return (
    <>
      <Menu position="bottom-start" withinPortal>
        <Menu.Target>
          <ActionIcon size="lg" variant="default" aria-label={t('menu.label')} title={t('menu.label')}>
            <Settings2 size={17} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<ListOrdered size={15} />} onClick={() => setShown({ what: 'stages', id: pipeline })}>
            {t('menu.stages')}
          </Menu.Item>
          <Menu.Item leftSection={<Workflow size={15} />} onClick={() => setShown({ what: 'manage' })}>
            {t('menu.manage')}
          </Menu.Item>
          <Menu.Item leftSection={<Plus size={15} />} onClick={() => setShown({ what: 'new' })}>
            {t('menu.new')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {staged && <StagesDialog pipeline={staged} close={close} />}
      {shown?.what === 'new' && <NewPipeline type={type} open={open} close={close} />}
      {shown?.what === 'manage' && (
        <ManagePipelines
          type={type}
          shown={pipeline}
          open={open}
          showStages={(id) => setShown({ what: 'stages', id })}
          add={() => setShown({ what: 'new' })}
          close={close}
        />
      )}
    </>
  );
}
