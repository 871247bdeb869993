import { DIALOG, type Scene } from './scene.ts';

const LINE = 'main [data-row-link]';

/** Tasks by day, in rows, by status and on the calendar; one of them open, a new one, and those of an item. */
export function scenesOfTasks({ task, item }: { readonly task: number; readonly item: string }): readonly Scene[] {
  return [
    { name: 'tasks', path: '/tasks', shown: LINE },
    { name: 'tasks-none', path: '/tasks?q=zzz', shown: 'main h2' },
    { name: 'tasks-board', path: '/tasks?show=board&whose=all', shown: 'main [data-task]' },
    { name: 'tasks-calendar', path: '/tasks?show=calendar&whose=all', shown: 'main td button[data-count]' },
    { name: 'tasks-week', path: '/tasks?show=calendar&whose=all&span=week', shown: 'main td button[data-count]' },
    {
      name: 'tasks-list',
      path: '/tasks?show=list&whose=all',
      shown: LINE,
      press: (page, say) => page.getByRole('checkbox', { name: say('tasks:list.selectAll') }).check(),
    },
    { name: 'task', path: `/tasks/${task}`, shown: `${DIALOG} ol li` },
    {
      name: 'task-history',
      path: `/tasks/${task}`,
      shown: `${DIALOG} ul time`,
      press: (page, say) => page.getByRole('tab', { name: say('tasks:panel.history') }).click(),
    },
    {
      name: 'task-repeat',
      path: `/tasks/${task}`,
      shown: `${DIALOG} input[aria-haspopup=listbox]`,
      press: (page, say) =>
        page
          .getByRole('button', { name: say('tasks:panel.edit').replace('{{field}}', say('tasks:fields.repeat')) })
          .click(),
    },
    {
      name: 'task-new',
      path: '/tasks',
      shown: `${DIALOG} textarea`,
      press: (page, say) => page.getByRole('button', { name: say('tasks:quick.label'), exact: true }).click(),
    },
    { name: 'card-tasks', path: `${item}?tab=tasks`, shown: `${DIALOG} [data-row-link]` },
  ];
}
