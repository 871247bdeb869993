import { taskStatuses } from '@signalbox/automation/kit/values/task-statuses.ts';
import type { TimelineEntry } from '@signalbox/contract/timeline.ts';
import { useLocation } from '@tanstack/react-router';
import { ListTodo } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useUsers } from '../../../../api/workspace/users.ts';
import { useCauseName } from '../../../../controls/words/use-cause-name.ts';
import { TextLink } from '../../../../ui/button-link.tsx';
import styles from '../../timeline.module.css';
import { EntryFrame } from '../entry-frame.tsx';
import type { EntryProps } from '../entry-props.ts';

/** A task that came to the item, and who is to do it. */
export function TaskEntry({ entry }: EntryProps) {
  const { t } = useTranslation('tasks');
  const { data: people = [] } = useUsers();
  const responsible = people.find(({ id }) => id === entry.responsible);
  return (
    <EntryFrame icon={ListTodo} name={t('kinds.task')} at={entry.at} author={entry.author} boxed>
      <ToTask entry={entry} />
      {responsible && (
        <p className={styles.small}>
          {t('fields.responsible')}: {responsible.name}
        </p>
      )}
      <ByRule entry={entry} />
    </EntryFrame>
  );
}

/** "Weigh the ropes: In progress → Completed". */
export function TaskStatusEntry({ entry }: EntryProps) {
  const { t } = useTranslation('tasks');
  const nameOf = (status: string | null | undefined) => {
    const known = taskStatuses.find((one) => one === status);
    return known === undefined ? (status ?? '') : t(`statuses.${known}`);
  };
  return (
    <EntryFrame icon={ListTodo} name={t('kinds.task')} at={entry.at} author={entry.author}>
      <ToTask entry={entry} /> {nameOf(entry.from)} → <strong>{nameOf(entry.to)}</strong>
      <ByRule entry={entry} />
    </EntryFrame>
  );
}

function ToTask({ entry }: { entry: TimelineEntry }) {
  const { href } = useLocation();
  return (
    <TextLink to="/tasks/$task" params={{ task: String(entry.task) }} search={{ back: href }} size="sm">
      {entry.text}
    </TextLink>
  );
}

function ByRule({ entry: { rule } }: { entry: TimelineEntry }) {
  const { t } = useTranslation();
  const nameOfCause = useCauseName();
  return rule ? <p className={styles.small}>{t('timeline.byRule', { rule: nameOfCause({ rule }) })}</p> : null;
}
