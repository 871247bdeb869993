import './port.ts';
import { actingId, recipients } from '../../kit/definitions/acting.ts';
import { defineRule } from '../../kit/definitions/define-rule.ts';
import { givenMoment } from '../../kit/definitions/given-moment.ts';
import type { WorkspaceFacts } from '../../kit/facts.ts';
import { choice, longTemplate, number, person, template, toggle } from '../../kit/settings/fields.ts';
import { dateOf as dayOf, nextDay, nextWorkingMoment, nextWorkStart, startOfDay } from '../../kit/values/calendar.ts';
import type { Duration } from '../../kit/values/durations.ts';
import { atTimeOfDay, shift } from '../../kit/values/time.ts';
import type { Instant } from '../../kit/values/values.ts';
import strings from './plan-call.strings.json' with { type: 'json' };

const MOST_MINUTES = 525_600;

/** A planned call or meeting with its reminder, for somebody (rules.md); its date serves rules by `nextCall`, `nextMeeting` and `rules.<id>.at`. */
export const planCall = defineRule({
  key: 'tasks/plan-call',
  icon: 'phone-forwarded',
  group: 'tasks',
  writesToClients: false,
  uses: ['people', 'tasks'],
  leaves: ['task'],
  fields: {
    kind: choice(['call', 'meeting'], 'call'),
    subject: template({ required: true }),
    description: longTemplate(),
    when: choice(['nextMorning', 'after', 'at'], 'nextMorning'),
    delay: number({ initial: 1, most: MOST_MINUTES, whole: true }),
    unit: choice(['minutes', 'hours', 'days'], 'hours'),
    date: template(),
    workingTime: toggle(true),
    responsible: person(),
    createdBy: person(),
    remind: toggle(true),
    remindMinutes: number({ initial: 15, most: MOST_MINUTES, whole: true }),
  },
  outputs: { taskId: 'number', at: 'dateTime' },
  strings,
  example: { subject: 'Call {{ client.name }} back', when: 'nextMorning', remindMinutes: 10 },
  check: ({ when, date }) =>
    when === 'at' && date.trim() === ''
      ? [{ path: ['date'], code: 'required', message: 'Give the date, or a date field' }]
      : [],
  async run(settings, { ports, facts: { workspace }, run }) {
    const [somebody] = await recipients(ports.people, [settings.responsible]);
    const at = momentOf(settings, { now: run.now, workspace });
    const { kind, subject: title, description, remind, remindMinutes } = settings;
    const { taskId } = await ports.tasks.create({
      ...{ kind, title, description, deadline: at, remindMinutes: remind ? remindMinutes : null },
      ...{ observerIds: [], checklist: [], needsAcceptance: false },
      responsibleId: somebody?.id ?? null,
      creatorId: await actingId(ports.people, settings.createdBy),
    });
    return { taskId, at: new Date(at).toISOString() };
  },
});

interface When {
  readonly when: 'nextMorning' | 'after' | 'at';
  readonly delay: number;
  readonly unit: Duration['unit'];
  readonly date: string;
  readonly workingTime: boolean;
}

interface Now {
  readonly now: Instant;
  readonly workspace: WorkspaceFacts;
}

function momentOf(settings: When, { now, workspace }: Now): Instant {
  const at = moments[settings.when](settings, { now, workspace });
  const { calendar, timeZone } = workspace;
  if (!settings.workingTime || calendar === null) return at;
  return nextWorkingMoment(calendar, timeZone, at) ?? at;
}

const NINE = '09:00';

const moments: Readonly<Record<When['when'], (settings: When, now: Now) => Instant>> = {
  nextMorning: (_settings, { now, workspace: { calendar, timeZone } }) => {
    const tomorrow = startOfDay(nextDay(dayOf(now, timeZone)), timeZone);
    if (calendar === null) return atTimeOfDay(tomorrow, NINE, timeZone);
    // Before work begins it is this very morning.
    const start = nextWorkStart(calendar, timeZone, startOfDay(dayOf(now, timeZone), timeZone) - 1);
    if (start !== null && start > now) return start;
    return nextWorkStart(calendar, timeZone, tomorrow - 1) ?? atTimeOfDay(tomorrow, NINE, timeZone);
  },
  after: ({ delay: count, unit }, { now, workspace: { timeZone } }) =>
    shift(now, { count, unit }, { sign: 1, timeZone }),
  at: ({ date }, { workspace: { timeZone } }) => givenMoment(date, timeZone),
};
