import type { Task } from '@signalbox/contract/tasks.ts';
import { useTranslation } from 'react-i18next';
import { useSaveChecklist } from '../../../api/tasks/task-commands.ts';
import { ChecklistEditor } from '../../../controls/tasks/checklist.tsx';
import { Panel } from '../../../ui/panels/panel.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';
import styles from './panel.module.css';

export function TaskChecklist({ task }: { task: Task }) {
  const { t } = useTranslation('tasks');
  const { mutate: change, error } = useSaveChecklist(task.id);
  const { checklist, may } = task;
  const done = checklist.filter((step) => step.done).length;
  if (checklist.length === 0 && !may.change) return null;
  return (
    <Panel
      title={t('fields.checklist')}
      actions={
        checklist.length > 0 && (
          <span className={styles.small}>{t('checklist.done', { done, all: checklist.length })}</span>
        )
      }
    >
      <ErrorNote error={error} />
      <ChecklistEditor steps={checklist} change={change} readOnly={!may.change} />
    </Panel>
  );
}
