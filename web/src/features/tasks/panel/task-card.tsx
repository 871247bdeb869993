import { Tabs } from '@mantine/core';
import type { Task } from '@signalbox/contract/tasks.ts';
import { useTranslation } from 'react-i18next';
import { Comments } from './comments.tsx';
import { Description } from './description.tsx';
import styles from './panel.module.css';
import { Subtasks } from './subtasks.tsx';
import { TaskChecklist } from './task-checklist.tsx';
import { TaskFields } from './task-fields.tsx';
import { TaskFiles } from './task-files.tsx';
import { TaskHead } from './task-head.tsx';
import { TaskHistory } from './task-history.tsx';

/** Everything of a task: what is to be done on the left, who, when and what for on the right. */
export function TaskCard({ task, close }: { task: Task; close: () => void }) {
  const { t } = useTranslation('tasks');
  return (
    <>
      <TaskHead task={task} close={close} />
      <div className={styles.halves}>
        <div className={styles.work}>
          <Description task={task} />
          <TaskChecklist task={task} />
          <Subtasks task={task} />
          <TaskFiles task={task} />
          <Tabs defaultValue="comments" keepMounted={false}>
            <Tabs.List mb="sm">
              <Tabs.Tab value="comments">
                {t('panel.comments')} {task.comments > 0 && <span className={styles.count}>{task.comments}</span>}
              </Tabs.Tab>
              <Tabs.Tab value="history">{t('panel.history')}</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="comments">
              <Comments task={task} />
            </Tabs.Panel>
            <Tabs.Panel value="history">
              <TaskHistory id={task.id} />
            </Tabs.Panel>
          </Tabs>
        </div>
        <TaskFields task={task} />
      </div>
    </>
  );
}
