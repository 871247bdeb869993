import { ActionIcon, Button, Select, TextInput } from '@mantine/core';
import type { Task } from '@signalbox/contract/tasks.ts';
import { Maximize2 } from 'lucide-react';
import { type FormEvent, type Ref, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddTask } from '../../api/tasks/task-commands.ts';
import { useMe } from '../../api/workspace/me.ts';
import { useNow } from '../../ui/hooks/use-now.ts';
import { addDays, dayOf, startOf } from '../../ui/inputs/days.ts';
import { sayDone } from '../../ui/notify.ts';
import { useFormat } from '../../ui/text/format.ts';
import { fieldProblem, problemText } from '../../ui/text/problem-text.ts';
import { FieldInput } from '../fields/field-input.tsx';
import { NewTaskDialog } from './new-task-dialog.tsx';
import styles from './quick-add-task.module.css';
import { deadlineOn } from './task-days.ts';

interface QuickAddTaskProps {
  /** The day that a new one is due on; null for none. */
  readonly day: string | null;
  readonly setDay: (day: string | null) => void;
  /** What it belongs to. */
  readonly item?: number | undefined;
  readonly parent?: Task | undefined;
  readonly input?: Ref<HTMLInputElement> | undefined;
}

/** What is to be done, by when and by whom, Enter; stays open for the next one. */
export function QuickAddTask({ day, setDay, item, parent, input }: QuickAddTaskProps) {
  const { t } = useTranslation('tasks');
  const { t: common } = useTranslation();
  const me = useMe();
  const [title, setTitle] = useState('');
  const [responsible, setResponsible] = useState<number | null>(me.id);
  const [whole, setWhole] = useState(false);
  const { mutate: add, error, isPending } = useAddTask();
  const wanted = {
    title,
    responsible,
    item: item ?? parent?.item ?? null,
    parent: parent?.id ?? null,
    deadline: day === null ? null : deadlineOn(day, new Date()),
  };

  // Somebody else's is not among those that one sees.
  const clear = (made: Task) => {
    setTitle('');
    if (made.responsible?.id !== me.id) sayDone(t('quick.created', { title: made.title }));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (title.trim() !== '' && !isPending) add(wanted, { onSuccess: clear });
  };
  return (
    <form className={styles.form} onSubmit={submit} aria-label={t('quick.label')}>
      <TextInput
        ref={input}
        className={styles.title}
        aria-label={t('quick.label')}
        placeholder={t('quick.hint')}
        value={title}
        maxLength={500}
        onChange={(event) => setTitle(event.currentTarget.value)}
        error={error && (fieldProblem(error, 'title', common) ?? problemText(error, common))}
      />
      <DaySelect day={day} setDay={setDay} />
      <div className={styles.person}>
        <FieldInput
          field={{ kind: 'person' }}
          value={responsible}
          onChange={(next) => setResponsible(typeof next === 'number' ? next : me.id)}
          frame={{ 'aria-label': t('fields.responsible'), size: 'sm' }}
        />
      </div>
      <Button type="submit" className={styles.add} loading={isPending} disabled={title.trim() === ''}>
        {common('common.add')}
      </Button>
      <ActionIcon
        className={styles.more}
        size={34}
        variant="default"
        aria-label={t('quick.more')}
        title={t('quick.more')}
        onClick={() => setWhole(true)}
      >
        <Maximize2 size={15} />
      </ActionIcon>
      {whole && <NewTaskDialog begin={wanted} close={() => setWhole(false)} made={() => setTitle('')} />}
    </form>
  );
}

const NO_DAY = 'none';

function DaySelect({ day, setDay }: Pick<QuickAddTaskProps, 'day' | 'setDay'>) {
  const { t } = useTranslation('tasks');
  const { language } = useFormat();
  const today = dayOf(useNow());
  const near = [
    { value: today, label: t('days.today') },
    { value: addDays(today, 1), label: t('days.tomorrow') },
    { value: addDays(today, 7), label: t('quick.nextWeek') },
  ];
  const isOther = day !== null && !near.some(({ value }) => value === day);
  const other = new Intl.DateTimeFormat(language, { weekday: 'short', day: 'numeric', month: 'short' });
  return (
    <Select
      className={styles.day}
      aria-label={t('quick.when')}
      data={[
        ...near,
        ...(isOther ? [{ value: day, label: other.format(startOf(day)) }] : []),
        { value: NO_DAY, label: t('quick.noDay') },
      ]}
      value={day ?? NO_DAY}
      onChange={(next) => setDay(next === NO_DAY ? null : next)}
      allowDeselect={false}
    />
  );
}
