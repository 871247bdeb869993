import { Button, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { taskStatuses } from '@signalbox/automation/kit/values/task-statuses.ts';
import { CalendarDays, Kanban, ListTodo, Plus, Rows3, Search } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldInput } from '../../controls/fields/field-input.tsx';
import { NewTaskDialog } from '../../controls/tasks/new-task-dialog.tsx';
import styles from './tasks.module.css';
import { type TasksView, taskViews, whoseTasks } from './view/use-tasks-view.ts';

const icons = { days: ListTodo, list: Rows3, board: Kanban, calendar: CalendarDays };
const SEARCH_WAIT_MS = 250;

export function TasksHead({ view }: { view: TasksView }) {
  const { t } = useTranslation('tasks');
  const [making, setMaking] = useState(false);
  return (
    <div className={styles.head}>
      <h1 className={styles.heading}>{t('title')}</h1>
      <SegmentedControl
        size="xs"
        aria-label={t('views.name')}
        data={taskViews.map((name) => ({ value: name, label: <ViewLabel name={name} /> }))}
        value={view.show}
        onChange={(next) => view.look({ show: taskViews.find((name) => name === next) })}
      />
      <Select
        size="xs"
        className={styles.whose}
        aria-label={t('whose.name')}
        data={whoseTasks.map((whose) => ({ value: whose, label: t(`whose.${whose}`) }))}
        value={view.whose}
        onChange={(next) => view.look({ whose: whoseTasks.find((whose) => whose === next), responsible: undefined })}
        allowDeselect={false}
      />
      <Filters view={view} />
      <SearchInput view={view} />
      <Button size="xs" leftSection={<Plus size={15} />} onClick={() => setMaking(true)}>
        {t('quick.label')}
      </Button>
      {making && <NewTaskDialog close={() => setMaking(false)} />}
    </div>
  );
}

function ViewLabel({ name }: { name: (typeof taskViews)[number] }) {
  const { t } = useTranslation('tasks');
  const Icon = icons[name];
  return (
    <span className={styles.viewLabel}>
      <Icon size={14} aria-hidden /> <span className={styles.viewName}>{t(`views.${name}`)}</span>
    </span>
  );
}

const statusFilters = ['open', 'overdue', ...taskStatuses, 'all'] as const;

function Filters({ view }: { view: TasksView }) {
  const { t } = useTranslation('tasks');
  const { show, whose, status, responsible, look } = view;
  return (
    <>
      {show === 'list' && (
        <Select
          size="xs"
          className={styles.whose}
          aria-label={t('fields.status')}
          data={statusFilters.map((one) => ({ value: one, label: t(statusName(one)) }))}
          value={status}
          onChange={(next) => look({ status: statusFilters.find((one) => one === next) })}
          allowDeselect={false}
        />
      )}
      {whose !== 'mine' && (
        <div className={styles.whose}>
          <FieldInput
            field={{ kind: 'person' }}
            value={responsible ?? null}
            onChange={(next) => look({ responsible: typeof next === 'number' ? next : undefined })}
            frame={{ 'aria-label': t('fields.responsible'), placeholder: t('filters.anyone'), size: 'xs' }}
          />
        </div>
      )}
    </>
  );
}

function statusName(filter: (typeof statusFilters)[number]) {
  return filter === 'open' || filter === 'overdue' || filter === 'all'
    ? (`filters.${filter}` as const)
    : (`statuses.${filter}` as const);
}

function SearchInput({ view: { q, look } }: { view: TasksView }) {
  const { t } = useTranslation('tasks');
  const search = useDebouncedCallback((text: string) => look({ q: text.trim() || undefined }), SEARCH_WAIT_MS);
  return (
    <TextInput
      size="xs"
      className={styles.search}
      aria-label={t('filters.search')}
      placeholder={t('filters.search')}
      leftSection={<Search size={14} aria-hidden />}
      defaultValue={q ?? ''}
      onChange={(event) => search(event.currentTarget.value)}
    />
  );
}
