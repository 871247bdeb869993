import type { Task } from '@signalbox/contract/tasks.ts';
import { useTranslation } from 'react-i18next';
import { useSaveTask } from '../../../api/tasks/task-commands.ts';
import { FileInput } from '../../../controls/fields/file-input.tsx';
import { FileShown } from '../../../controls/fields/file-shown.tsx';
import { idsOf } from '../../../controls/fields/values.ts';
import { Panel } from '../../../ui/panels/panel.tsx';
import { problemText } from '../../../ui/text/problem-text.ts';
import styles from './panel.module.css';

export function TaskFiles({ task }: { task: Task }) {
  const { t } = useTranslation('tasks');
  const { t: common } = useTranslation();
  const { mutate: save, error } = useSaveTask();
  const ids = task.files.map(({ id }) => id);
  if (ids.length === 0 && !task.may.change) return null;
  return (
    <Panel title={t('fields.files')}>
      {task.may.change ? (
        <FileInput
          field={{ kind: 'file', multiple: true }}
          value={ids}
          onChange={(files) => save({ id: task.id, files: idsOf(files) })}
          frame={{ 'aria-label': t('fields.files'), error: error ? problemText(error, common) : undefined }}
        />
      ) : (
        <ul className={styles.plain}>
          {ids.map((id) => (
            <li key={id}>
              <FileShown id={id} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
