import { because } from '@signalbox/automation/kit/words/reasons.ts';
import { removeUnread } from '../../collaboration/notifications/notifications.store.ts';
import { removeTimeline } from '../../crm/timeline/append-timeline.store.ts';
import type { Undo } from '../../parts/undoing.ts';
import { loadPeople } from '../../people/employees.store.ts';

/** Comments of the run leave the timeline again. */
export const undoComment: Undo<'comment'> = async ({ tx, item, run }) => {
  const texts = await removeTimeline(tx, { itemId: item.id, kinds: ['comment'], of: { run: run.id } });
  if (texts.length === 0) return [{ about: '', reason: because('undo-gone') }];
  return texts.map((about) => ({ about, reason: null }));
};

/** What nobody has read leaves the bells again. */
export const undoNotification: Undo<'notification'> = async ({ tx, run, workspaceId }, { to }) => {
  const people = await loadPeople(tx, workspaceId, [...to]);
  const unread = await removeUnread(tx, { runId: run.id, taskId: null, to });
  return to.map((id) => {
    const about = people.get(id)?.name ?? '';
    return { about, reason: unread.includes(id) ? null : because('undo-read', { by: about }) };
  });
};
