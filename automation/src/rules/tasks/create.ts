import './port.ts';
import { actingId } from '../../kit/definitions/acting.ts';
import { defineRule, hold } from '../../kit/definitions/define-rule.ts';
import { givenMoment } from '../../kit/definitions/given-moment.ts';
import type { WorkspaceFacts } from '../../kit/facts.ts';
import { choice, longTemplate, number, people, person, template, toggle } from '../../kit/settings/fields.ts';
import { addWorkingDays } from '../../kit/values/calendar.ts';
import { shift } from '../../kit/values/time.ts';
import type { Instant } from '../../kit/values/values.ts';
import strings from './create.strings.json' with { type: 'json' };

const MOST_DAYS = 3_650;
const MOST_MINUTES = 525_600;

/** A task for somebody, on the item; it may hold the chain until it is completed (rules.md, semantics.md 5.9). */
export const create = defineRule({
  key: 'tasks/create',
  icon: 'list-todo',
  group: 'tasks',
  writesToClients: false,
  uses: ['people', 'tasks'],
  leaves: ['task'],
  fields: {
    title: template({ required: true }),
    description: longTemplate(),
    responsible: person(),
    createdBy: person(),
    observers: people(),
    deadline: choice(['none', 'workingDays', 'date'], 'workingDays'),
    workingDays: number({ initial: 1, most: MOST_DAYS, whole: true }),
    date: template(),
    remind: toggle(),
    remindMinutes: number({ initial: 60, most: MOST_MINUTES, whole: true }),
    checklist: longTemplate(),
    needsAcceptance: toggle(),
    wait: toggle(),
  },
  outputs: { taskId: 'number', closedBy: 'text', closedAt: 'dateTime' },
  strings,
  example: { title: 'Check the contract of {{ client.name }}', responsible: 'head:Legal', workingDays: 2, wait: true },
  check: ({ deadline, date }) =>
    deadline === 'date' && date.trim() === ''
      ? [{ path: ['date'], code: 'required', message: 'Give the date, or a date field' }]
      : [],
  holds: ({ wait }) => wait,
  async run(settings, { ports, facts: { workspace }, run }) {
    const [somebody] = await ports.people.resolve([settings.responsible, 'responsible']);
    const observers = await ports.people.resolve(settings.observers);
    const { title, description, needsAcceptance, remind, remindMinutes } = settings;
    const { taskId } = await ports.tasks.create({
      ...{ kind: 'task', title, description, needsAcceptance, checklist: linesOf(settings.checklist) },
      deadline: deadlines[settings.deadline](settings, { now: run.now, workspace }),
      remindMinutes: remind ? remindMinutes : null,
      responsibleId: somebody?.id ?? null,
      creatorId: await actingId(ports.people, settings.createdBy),
      observerIds: observers.map(({ id }) => id),
    });
    const made = { taskId, closedBy: null, closedAt: null };
    return settings.wait ? hold('task', made) : made;
  },
  async resume({ taskId }, { ports, facts: { workspace }, asked }) {
    const task = await ports.tasks.find(Number(taskId));
    if (task !== undefined && task.closedAt === null && !asked)
      return hold('task', { taskId, closedBy: null, closedAt: null });
    const closedBy = workspace.directory?.names?.[task?.closedById ?? 0] ?? null;
    return { taskId, closedBy, closedAt: task?.closedAt ?? null };
  },
});

/** A line of the checklist for each line of the text. */
function linesOf(text: string): readonly string[] {
  const lines = text.split('\n').map((line) => line.replace(/^\s*[-*•]\s+/, '').trim());
  return lines.filter((line) => line !== '');
}

interface Deadline {
  readonly workingDays: number;
  readonly date: string;
}

interface Now {
  readonly now: Instant;
  readonly workspace: WorkspaceFacts;
}

const deadlines: Readonly<Record<'none' | 'workingDays' | 'date', (settings: Deadline, now: Now) => Instant | null>> = {
  none: () => null,
  workingDays: ({ workingDays: count }, { now, workspace: { calendar, timeZone } }) => {
    const plain = shift(now, { count, unit: 'days' }, { sign: 1, timeZone });
    return calendar === null ? plain : (addWorkingDays(calendar, timeZone, { from: now, count }) ?? plain);
  },
  date: ({ date }, { workspace: { timeZone } }) => (date.trim() === '' ? null : givenMoment(date, timeZone)),
};
