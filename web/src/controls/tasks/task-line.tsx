import { ActionIcon, Badge } from '@mantine/core';
import type { Task } from '@signalbox/contract/tasks.ts';
import { Check, ListChecks, MessageSquare, Phone, Repeat, Users } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { TextLink } from '../../ui/button-link.tsx';
import { PersonFace } from '../../ui/person-face.tsx';
import { endingOf } from './task-acts.ts';
import { TaskDeadline } from './task-deadline.tsx';
import styles from './task-line.module.css';
import { useTaskAct } from './use-task-act.tsx';

interface TaskLineProps {
  readonly task: Task;
  /** What is known where the line stands, and need not be said: its item, its responsible, its status. */
  readonly without?: readonly ('item' | 'responsible' | 'status')[];
  /** Where the panel of the task leads back to when it is closed. */
  readonly back?: string | undefined;
}

/** A task in one line: its circle completes it, its title opens it. Space on the title completes it as well. */
export function TaskLine({ task, without = [], back }: TaskLineProps) {
  const { act } = useTaskAct();
  const ending = endingOf(task);
  return (
    <li className={styles.line} data-status={task.status} data-overdue={task.overdue || undefined}>
      <TaskCircle task={task} />
      <div className={styles.words}>
        <TextLink
          data-row-link
          to="/tasks/$task"
          params={{ task: String(task.id) }}
          search={back === undefined ? true : { back }}
          className={styles.title}
          size="sm"
          onKeyDown={(event) => {
            if (event.key !== ' ') return;
            event.preventDefault();
            if (ending !== undefined) act(task, ending);
          }}
        >
          <KindSign kind={task.kind} />
          {task.title}
        </TextLink>
        <Facts task={task} without={without} />
      </div>
      <TaskDeadline task={task} />
      {task.responsible && !without.includes('responsible') && <PersonFace person={task.responsible} size={22} />}
    </li>
  );
}

/** The circle that completes or accepts a task, and opens one that is completed again. */
export function TaskCircle({ task }: { task: Task }) {
  const { t } = useTranslation('tasks');
  const { act, busy } = useTaskAct();
  const isDone = task.status === 'completed';
  const ending = isDone && task.may.change ? 'reopen' : endingOf(task);
  const name = t(isDone ? 'acts.reopenNamed' : ending === 'accept' ? 'acts.acceptNamed' : 'acts.completeNamed', {
    title: task.title,
  });
  return (
    <ActionIcon
      className={styles.circle}
      variant="default"
      radius="xl"
      size={22}
      data-done={isDone || undefined}
      aria-label={name}
      title={ending && t(`acts.${ending}`)}
      aria-pressed={isDone}
      disabled={ending === undefined}
      loading={busy === task.id}
      onClick={() => ending && act(task, ending)}
    >
      <Check size={13} strokeWidth={2.6} aria-hidden />
    </ActionIcon>
  );
}

const kindSigns = { task: null, call: Phone, meeting: Users };

function KindSign({ kind }: Pick<Task, 'kind'>) {
  const { t } = useTranslation('tasks');
  const Sign = kindSigns[kind];
  if (Sign === null) return null;
  return (
    <span className={styles.kind} role="img" aria-label={t(`kinds.${kind}`)}>
      <Sign size={13} aria-hidden />
    </span>
  );
}

function Facts({ task, without = [] }: Pick<TaskLineProps, 'task' | 'without'>) {
  const { t } = useTranslation('tasks');
  const { checklist, comments, repeat, item, itemTitle, status } = task;
  const done = checklist.filter((step) => step.done).length;
  const withItem = !without.includes('item');
  const isTold = status !== 'new' && status !== 'completed' && !without.includes('status');
  if (!isTold && checklist.length === 0 && comments === 0 && repeat === null && (item === null || !withItem))
    return null;
  return (
    <span className={styles.facts}>
      {isTold && <StatusBadge status={status} />}
      {withItem && item !== null && (
        <TextLink to="/items/$item" params={{ item: String(item) }} size="xs" c="dimmed">
          {itemTitle}
        </TextLink>
      )}
      {checklist.length > 0 && (
        <Fact
          icon={ListChecks}
          text={`${done}/${checklist.length}`}
          name={t('checklist.done', { done, all: checklist.length })}
        />
      )}
      {comments > 0 && (
        <Fact icon={MessageSquare} text={String(comments)} name={t('panel.commentCount', { count: comments })} />
      )}
      {repeat !== null && <Fact icon={Repeat} text="" name={t('fields.repeat')} />}
    </span>
  );
}

function Fact({ icon: Icon, text, name }: { icon: typeof Check; text: string; name: string }) {
  return (
    <span className={styles.fact} role="img" aria-label={name} title={name}>
      <Icon size={12} aria-hidden /> <span aria-hidden>{text}</span>
    </span>
  );
}

export function StatusBadge({ status }: Pick<Task, 'status'>) {
  const { t } = useTranslation('tasks');
  return (
    <Badge className={styles.badge} data-status={status} variant="default" size="sm" radius="sm" tt="none" fw={500}>
      {t(`statuses.${status}`)}
    </Badge>
  );
}
