import { because } from '@signalbox/automation/kit/words/reasons.ts';
import { listUnreadRuns, removeUnread } from '../../collaboration/notifications/notifications.store.ts';
import { listWritten, removeTimeline } from '../../crm/timeline/append-timeline.store.ts';
import type { Undo, UndoOf } from '../../parts/undoing.ts';
import { loadPeople } from '../../people/employees.store.ts';

const removeComment: Undo<'comment'> = async ({ tx, item, run }) => {
  const texts = await removeTimeline(tx, { itemId: item.id, kinds: ['comment'], of: { run: run.id } });
  if (texts.length === 0) return [{ about: '', reason: because('undo-gone') }];
  return texts.map((about) => ({ about, reason: null }));
};

const removeLines: Undo<'notification'> = async ({ tx, run, workspaceId }, { to }) => {
  const people = await loadPeople(tx, workspaceId, [...to]);
  const unread = await removeUnread(tx, { runId: run.id, taskId: null, to });
  return to.map((id) => {
    const about = people.get(id)?.name ?? '';
    return { about, reason: unread.includes(id) ? null : because('undo-read', { by: about }) };
  });
};

/** Comments of the run leave the timeline again. */
export const undoComment: UndoOf<'comment'> = {
  undo: removeComment,
  findRestorable: ({ tx, item }, left) =>
    listWritten(tx, { itemId: item.id, kind: 'comment', runIds: left.map(({ runId }) => runId) }),
};

/** What nobody has read leaves the bells again. */
export const undoNotification: UndoOf<'notification'> = {
  undo: removeLines,
  findRestorable: ({ tx }, left) =>
    listUnreadRuns(tx, { runIds: left.map(({ runId }) => runId), to: left.flatMap(({ deed }) => deed.to) }),
};
