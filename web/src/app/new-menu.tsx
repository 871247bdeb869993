import { ActionIcon, Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePipelines } from '../api/automation/pipelines.ts';
import { useTypeNames } from '../api/items/item-types.ts';
import { useMay } from '../api/workspace/may.ts';
import { lastPipeline } from '../ui/last-pipeline.ts';

const NewTaskDialog = lazy(() =>
  import('../controls/tasks/new-task-dialog.tsx').then((module) => ({ default: module.NewTaskDialog })),
);

export function NewMenu() {
  const { t } = useTranslation();
  const names = useTypeNames();
  const navigate = useNavigate();
  const may = useMay();
  const pipelines = (usePipelines().data ?? []).filter(({ type, id }) => may.addItem({ type, pipeline: id }));
  const [addingTask, setAddingTask] = useState(false);
  const types = [...new Set(pipelines.map(({ type }) => type))];

  const clients = may.addClient ? (['contact', 'company'] as const) : [];

  const addItem = (type: string) => {
    const pipeline = lastPipeline(pipelines, type);
    if (!pipeline) return;
    void navigate({
      to: '/board/$type/$pipeline',
      params: { type, pipeline: String(pipeline.id) },
      search: { add: true },
    });
  };
  const addClient = (kind: string) => void navigate({ to: '/clients/$kind', params: { kind }, search: { add: true } });

  return (
    <>
      <Menu position="bottom-end" width={180}>
        <Menu.Target>
          <ActionIcon variant="filled" color="indigo" size={32} aria-label={t('shell.new')}>
            <Plus size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {types.map((type) => (
            <Menu.Item key={type} onClick={() => addItem(type)}>
              {names.one(type)}
            </Menu.Item>
          ))}
          {types.length > 0 && may.addClient && <Menu.Divider />}
          {clients.map((kind) => (
            <Menu.Item key={kind} onClick={() => addClient(kind)}>
              {names.one(kind)}
            </Menu.Item>
          ))}
          {(types.length > 0 || may.addClient) && <Menu.Divider />}
          <Menu.Item onClick={() => setAddingTask(true)}>{t('kinds.task', { ns: 'tasks' })}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Suspense>{addingTask && <NewTaskDialog close={() => setAddingTask(false)} />}</Suspense>
    </>
  );
}
