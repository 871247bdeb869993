import { absenceOf, type Presence } from '@signalbox/automation/kit/values/presence.ts';
import { sql } from 'kysely';
import { z } from 'zod';

/** For a statement over `employees`: what is known of each being at work, as JSON for `presenceColumn`. */
export const selectPresence = sql`json_build_object(
  'workDay', (select json_build_object('state', d.state, 'startedAt', floor(extract(epoch from d.started_at) * 1000),
      'changedAt', floor(extract(epoch from d.changed_at) * 1000))
    from work_days d where d.workspace_id = employees.workspace_id and d.employee_id = employees.id
    order by d.started_at desc, d.id desc limit 1),
  'absences', (select json_agg(json_build_object('from', a.from_day, 'to', a.to_day) order by a.from_day, a.id)
    from absences a where a.workspace_id = employees.workspace_id and a.employee_id = employees.id))`;

export const presenceColumn = z.object({
  workDay: z
    .object({ state: z.enum(['open', 'paused', 'ended']), startedAt: z.number(), changedAt: z.number() })
    .nullable(),
  absences: z
    .array(z.object({ from: z.string(), to: z.string() }))
    .nullable()
    .transform((rows) => rows ?? []),
});

export function toPresence({ workDay, absences }: z.output<typeof presenceColumn>, timeZone: string): Presence {
  return { workDay, absences: absences.map((days) => absenceOf(days, timeZone)) };
}
