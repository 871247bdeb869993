import { Menu } from '@mantine/core';
import type { Workday, WorkdayStep } from '@signalbox/contract/people/working-time.ts';
import { Coffee, type LucideIcon, Play, Square } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStepWorkday, useWorkday } from '../api/automation/working-time.ts';
import { sayFailed } from '../ui/notify.ts';
import { formatTime } from '../ui/text/format.ts';

const stepsFrom: Readonly<Record<Workday['state'], readonly WorkdayStep[]>> = {
  none: ['start'],
  ended: ['start'],
  open: ['pause', 'end'],
  paused: ['resume', 'end'],
};
const icons: Readonly<Record<WorkdayStep, LucideIcon>> = { start: Play, pause: Coffee, resume: Play, end: Square };

/** One's own work day in the account menu: what it is at, and what may follow. */
export function WorkdayItems() {
  const { t: say, i18n } = useTranslation('workingTime');
  const { data: workday } = useWorkday();
  const { mutate: step, isPending } = useStepWorkday();
  if (workday === undefined) return null;
  const { state, startedAt, changedAt } = workday;
  const at = state === 'open' ? startedAt : changedAt;
  const time = at === null ? '' : formatTime(new Date(at), i18n.language);
  return (
    <>
      <Menu.Label>{say(`workday.${state}`, { time })}</Menu.Label>
      {stepsFrom[state].map((next) => {
        const Icon = icons[next];
        return (
          <Menu.Item
            key={next}
            leftSection={<Icon size={15} />}
            disabled={isPending}
            closeMenuOnClick={false}
            onClick={() => step(next, { onError: sayFailed })}
          >
            {say(`workday.${next}`)}
          </Menu.Item>
        );
      })}
      <Menu.Divider />
    </>
  );
}
