import { wallText } from '@signalbox/automation/kit/values/time.ts';
import { type Language, parseLanguage } from '@signalbox/automation/kit/words/languages.ts';
import { fillIn } from '@signalbox/automation/kit/words/words.ts';
import { insertNotifications } from '../../collaboration/notifications/notifications.store.ts';
import { loadWorkspaceFacts } from '../../crm/facts/workspace-facts.ts';
import { findLanguage, loadPeople } from '../../people/employees.store.ts';
import { workspaceOf } from '../../platform/after-commit.ts';
import type { Tx } from '../../platform/db.ts';
import type { StoredTask } from '../kept/task-row.ts';
import type { TaskActing } from './acting.ts';
import strings from './tell-of-task.strings.json' with { type: 'json' };

type Phrases = (typeof strings)['en'];
type Phrase = keyof Phrases;
const phrases: Readonly<Record<Language, Phrases>> = strings;

type Whose = Pick<TaskActing, 'byId' | 'now' | 'runId'>;

export async function tellOfNewTask(tx: Tx, acting: Whose, task: StoredTask): Promise<void> {
  if (task.status === 'completed') return;
  await tell(tx, acting, { task, phrase: 'given', to: [task.responsibleId] });
  await tell(tx, acting, { task, phrase: 'observing', to: task.observerIds.filter((id) => id !== task.responsibleId) });
}

interface Changed {
  readonly before: StoredTask;
  readonly after: StoredTask;
}

/** Each change to those whom it concerns; whoever made it knows already. */
export async function tellOfChange(tx: Tx, acting: Whose, { before, after }: Changed): Promise<void> {
  const task = after;
  const isGiven = before.responsibleId !== after.responsibleId;
  if (isGiven) await tell(tx, acting, { task, phrase: 'given', to: [after.responsibleId] });
  const observing = after.observerIds.filter((id) => !before.observerIds.includes(id));
  await tell(tx, acting, { task, phrase: 'observing', to: observing });
  if (before.status !== after.status) await tellOfStatus(tx, acting, { before, after });
  if (!isGiven && before.deadline?.getTime() !== after.deadline?.getTime() && after.deadline !== null)
    await tell(tx, acting, { task, phrase: 'deadline', to: [after.responsibleId] });
}

async function tellOfStatus(tx: Tx, acting: Whose, { before, after }: Changed): Promise<void> {
  const task = after;
  if (after.status === 'supposedly-completed')
    return tell(tx, acting, { task, phrase: 'reported', to: [after.creatorId] });
  if (after.status === 'completed')
    return tell(tx, acting, {
      task,
      phrase: 'completed',
      to: [after.creatorId, after.responsibleId, ...after.observerIds],
    });
  if (before.status === 'supposedly-completed' || before.status === 'completed')
    await tell(tx, acting, { task, phrase: 'returned', to: [after.responsibleId] });
}

export async function tellOfComment(
  tx: Tx,
  acting: Whose,
  { task, text }: { readonly task: StoredTask; readonly text: string },
): Promise<void> {
  const to = [task.responsibleId, task.creatorId, ...task.observerIds];
  await tell(tx, acting, { task, phrase: 'comment', to, text });
}

/** Signalbox by itself: the deadline comes near, or has passed. */
export async function tellOfDeadline(
  tx: Tx,
  {
    task,
    phrase,
    to,
    now,
  }: {
    readonly task: StoredTask;
    readonly phrase: 'reminder' | 'overdue';
    readonly to: readonly (number | null)[];
    readonly now: Date;
  },
): Promise<void> {
  await tell(tx, { byId: null, now }, { task, phrase, to });
}

interface Told {
  readonly task: StoredTask;
  readonly phrase: Phrase;
  readonly to: readonly (number | null)[];
  readonly text?: string;
}

const MOST_QUOTED = 200;

async function tell(tx: Tx, { byId, now, runId = null }: Whose, { task, phrase, to, text = '' }: Told): Promise<void> {
  const receivers = [...new Set(to)].filter((id) => id !== null && id !== byId);
  if (receivers.length === 0) return;
  const { timeZone } = await loadWorkspaceFacts(tx);
  const by = (await loadPeople(tx, workspaceOf(tx), [byId])).get(byId ?? 0)?.name;
  const deadline = task.deadline === null ? '' : wallText(task.deadline.getTime(), timeZone);
  const lines = [];
  for (const employeeId of receivers) {
    if (employeeId === null) continue;
    const words = phrases[parseLanguage((await findLanguage(tx, employeeId)) ?? 'en')];
    const values = { by: by ?? words.signalbox, title: task.title, deadline, text: text.slice(0, MOST_QUOTED) };
    lines.push({
      employeeId,
      text: fillIn(words[phrase], values),
      senderId: byId,
      itemId: null,
      taskId: task.id,
      runId,
      at: now,
    });
  }
  await insertNotifications(tx, lines);
}
