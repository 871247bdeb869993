import { Button, Select } from '@mantine/core';
import { taskStatuses } from '@signalbox/automation/kit/values/task-statuses.ts';
import { MAX_TASKS_AT_ONCE, type Task, type TasksChanged } from '@signalbox/contract/tasks.ts';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangeTasks, useDeleteTasks } from '../../../api/tasks/task-commands.ts';
import { FieldInput } from '../../../controls/fields/field-input.tsx';
import { deadlineOn } from '../../../controls/tasks/task-days.ts';
import { DateField } from '../../../ui/inputs/date-field.tsx';
import { sayFailed } from '../../../ui/notify.ts';
import { problemText } from '../../../ui/text/problem-text.ts';
import styles from './list.module.css';

interface BulkBarProps {
  readonly tasks: readonly Task[];
  readonly clear: () => void;
}

/** One change for many tasks; each is judged on its own, and what was refused is told. */
export function BulkBar({ tasks, clear }: BulkBarProps) {
  const { t } = useTranslation('tasks');
  const [report, setReport] = useState('');
  const changing = useChangeTasks();
  const deleting = useDeleteTasks();
  const busy = changing.isPending || deleting.isPending;
  const say = useReport();
  const ids = tasks.map(({ id }) => id).slice(0, MAX_TASKS_AT_ONCE);
  const outcome = { onSuccess: (answer: TasksChanged) => setReport(say(answer)), onError: sayFailed };
  const change = (to: Parameters<typeof changing.mutate>[0]['change']) => changing.mutate({ ids, change: to }, outcome);
  return (
    <section className={styles.bulk} aria-label={t('bulk.selected', { count: tasks.length })}>
      <strong>{t('bulk.selected', { count: tasks.length })}</strong>
      <Select
        size="xs"
        aria-label={t('fields.status')}
        placeholder={t('fields.status')}
        disabled={busy}
        data={taskStatuses.map((status) => ({ value: status, label: t(`statuses.${status}`) }))}
        value={null}
        onChange={(next) => {
          const status = taskStatuses.find((one) => one === next);
          if (status) change({ status });
        }}
      />
      <div className={styles.bulkPerson}>
        <FieldInput
          field={{ kind: 'person' }}
          value={null}
          onChange={(next) => typeof next === 'number' && change({ responsible: next })}
          frame={{
            'aria-label': t('bulk.responsible'),
            placeholder: t('bulk.responsible'),
            size: 'xs',
            disabled: busy,
          }}
        />
      </div>
      <DateField
        size="xs"
        placeholder={t('bulk.deadline')}
        aria-label={t('bulk.deadline')}
        disabled={busy}
        value={null}
        onChange={(day) => day !== null && change({ deadline: deadlineOn(day, new Date()) })}
        w={130}
      />
      <Button
        size="xs"
        variant="default"
        leftSection={<Trash2 size={14} />}
        loading={deleting.isPending}
        disabled={busy}
        onClick={() => deleting.mutate(ids, outcome)}
      >
        {t('common.delete', { ns: 'translation' })}
      </Button>
      <span role="status">{report}</span>
      <Button size="xs" variant="subtle" ml="auto" onClick={clear}>
        {t('bulk.clear')}
      </Button>
    </section>
  );
}

function useReport(): (answer: TasksChanged) => string {
  const { t } = useTranslation('tasks');
  const { t: common } = useTranslation();
  return ({ done, refused }) => {
    const [first] = refused;
    if (first === undefined) return t('bulk.done', { count: done.length });
    return t('bulk.refused', { done: done.length, refused: refused.length, why: problemText(first, common) });
  };
}
