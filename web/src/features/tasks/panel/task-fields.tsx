import type { Field } from '@signalbox/contract/fields.ts';
import type { Task } from '@signalbox/contract/tasks.ts';
import { useTranslation } from 'react-i18next';
import { type TaskPatch, useSaveTask } from '../../../api/tasks/task-commands.ts';
import { FieldRow } from '../../../controls/fields/field-row.tsx';
import { idsOf, type Value } from '../../../controls/fields/values.ts';
import { Panel } from '../../../ui/panels/panel.tsx';
import styles from './panel.module.css';
import { ReminderRow, RepeatRow } from './set-rows.tsx';

interface Shown {
  readonly code:
    | 'responsible'
    | 'creator'
    | 'observers'
    | 'deadline'
    | 'item'
    | 'needsAcceptance'
    | 'createdAt'
    | 'closedAt'
    | 'closedBy';
  readonly kind: Field['kind'];
  readonly multiple?: boolean;
  readonly get: (task: Task) => Value;
  /** Without it nobody changes it. */
  readonly set?: (value: Value) => TaskPatch;
}

const idOf = (value: Value) => (typeof value === 'number' ? value : null);

const before: readonly Shown[] = [
  {
    code: 'responsible',
    kind: 'person',
    get: ({ responsible }) => responsible?.id ?? null,
    set: (value) => ({ responsible: idOf(value) }),
  },
  {
    code: 'deadline',
    kind: 'dateTime',
    get: ({ deadline }) => deadline,
    set: (value) => ({ deadline: typeof value === 'string' ? value : null }),
  },
];

const after: readonly Shown[] = [
  { code: 'item', kind: 'item', get: ({ item }) => item, set: (value) => ({ item: idOf(value) }) },
  {
    code: 'creator',
    kind: 'person',
    get: ({ creator }) => creator?.id ?? null,
    set: (value) => (typeof value === 'number' ? { creator: value } : {}),
  },
  {
    code: 'observers',
    kind: 'person',
    multiple: true,
    get: ({ observers }) => observers.map(({ id }) => id),
    set: (value) => ({ observers: idsOf(value) }),
  },
  {
    code: 'needsAcceptance',
    kind: 'yesNo',
    get: ({ needsAcceptance }) => needsAcceptance,
    set: (value) => ({ needsAcceptance: value === true }),
  },
  { code: 'createdAt', kind: 'dateTime', get: ({ createdAt }) => createdAt },
];

const ofClosed: readonly Shown[] = [
  { code: 'closedAt', kind: 'dateTime', get: ({ closedAt }) => closedAt },
  { code: 'closedBy', kind: 'person', get: ({ closedBy }) => closedBy?.id ?? null },
];

/** Who, until when and what for: each saved as soon as it is left, its mistakes told beside it. */
export function TaskFields({ task }: { task: Task }) {
  const { t } = useTranslation('tasks');
  const rows = (shown: readonly Shown[]) => shown.map((one) => <Row key={one.code} shown={one} task={task} />);
  return (
    <div className={styles.fields}>
      <Panel title={t('panel.about')}>
        {rows(before)}
        <ReminderRow task={task} />
        <RepeatRow task={task} />
        {rows(after)}
        {task.closedAt !== null && rows(ofClosed)}
      </Panel>
    </div>
  );
}

function Row({ shown: { code, kind, multiple = false, get, set }, task }: { shown: Shown; task: Task }) {
  const { t } = useTranslation('tasks');
  const { mutate, error, isPending, reset } = useSaveTask();
  const field: Field = {
    ...{ type: 'task', code, name: t(`fields.${code}`), kind, multiple },
    ...{ options: [], custom: false, limit: null, requiredStages: [], requiredStageIds: [] },
    readOnly: set === undefined,
  };
  const save = (value: Value, done: () => void) => mutate({ id: task.id, ...set?.(value) }, { onSuccess: done });
  return (
    <FieldRow field={field} value={get(task)} fixed={!task.may.change} saving={{ save, error, isPending, reset }} />
  );
}
