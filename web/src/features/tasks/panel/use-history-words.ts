import { taskStatuses } from '@signalbox/automation/kit/values/task-statuses.ts';
import type { taskHistory } from '@signalbox/contract/tasks.ts';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useFormat } from '../../../ui/text/format.ts';

type Entry = z.infer<typeof taskHistory>['data'][number];
type Kept = Entry['to'];

const changed = [
  ...(['title', 'status', 'responsible', 'creator', 'observers', 'deadline', 'needsAcceptance'] as const),
  ...(['description', 'checklist', 'reminder', 'repeat', 'item', 'parent', 'files'] as const),
] as const;
type Changed = (typeof changed)[number];

const happened = ['created', 'comment', 'reminded', 'overdue'] as const;

// Too long, or of too many parts, to be told whole.
const untold: ReadonlySet<Changed> = new Set(['description', 'reminder', 'repeat', 'item', 'parent', 'files']);

/** A change of a task in words: "Status: New → In progress". */
export function useHistoryWords(): (entry: Entry) => string {
  const { t } = useTranslation('tasks');
  const say = useValueWords();
  return ({ field, from, to }) => {
    const event = happened.find((one) => one === field);
    if (event !== undefined) return t(`history.${event}`);
    const code = changed.find((one) => one === field);
    if (code === undefined) return field;
    const name = t(`fields.${code}`);
    if (untold.has(code)) return t('history.changed', { field: name });
    return `${name}: ${say(code, from)} → ${say(code, to)}`;
  };
}

function useValueWords(): (code: Changed, value: Kept) => string {
  const { t } = useTranslation('tasks');
  const { t: common } = useTranslation();
  const { moment } = useFormat();
  return (code, value) => {
    if (code === 'needsAcceptance') return common(value === true ? 'common.yes' : 'common.no');
    if (code === 'checklist') return stepsIn(value, (done, all) => t('checklist.done', { done, all }));
    const texts = [value].flat().filter((one) => typeof one === 'string');
    if (texts.length === 0) return common('common.none');
    if (code === 'deadline') return moment(texts[0] ?? '');
    const status = taskStatuses.find((one) => one === texts[0]);
    return code === 'status' && status !== undefined ? t(`statuses.${status}`) : texts.join(', ');
  };
}

function stepsIn(value: Kept, say: (done: number, all: number) => string): string {
  const steps = Array.isArray(value) ? value : [];
  const isDone = (step: Kept) =>
    typeof step === 'object' && step !== null && !Array.isArray(step) && step.done === true;
  return say(steps.filter(isDone).length, steps.length);
}
