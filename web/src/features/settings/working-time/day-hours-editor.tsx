import { ActionIcon, Group } from '@mantine/core';
import type { DayHours } from '@signalbox/contract/people/working-time.ts';
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { TimeField } from '../../../ui/inputs/time-field.tsx';

interface DayHoursEditorProps {
  /** Which day, for who cannot see it. */
  readonly of: string;
  readonly hours: DayHours;
  readonly onChange: (hours: DayHours) => void;
  readonly readOnly: boolean;
}

/** The stretches of one day; midnight at their end is the end of the day. */
export function DayHoursEditor({ of, hours, onChange, readOnly }: DayHoursEditorProps) {
  const { t: say } = useTranslation('workingTime');
  const change = (index: number, part: Partial<DayHours[number]>) =>
    onChange(hours.map((stretch, at) => (at === index ? { ...stretch, ...part } : stretch)));
  return hours.map(({ from, to }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a stretch is its place
    <Group key={index} gap={4} wrap="nowrap">
      <TimeField
        aria-label={`${of}: ${say('since')}`}
        value={from}
        w={88}
        onChange={(time) => time !== '' && change(index, { from: time })}
        disabled={readOnly}
        size="xs"
      />
      –
      <TimeField
        aria-label={`${of}: ${say('till')}`}
        value={to === '24:00' ? '00:00' : to}
        onChange={(time) => time !== '' && change(index, { to: time === '00:00' ? '24:00' : time })}
        w={88}
        disabled={readOnly}
        size="xs"
      />
      {!readOnly && (
        <ActionIcon
          size="sm"
          aria-label={`${of}: ${say('removeHours')}`}
          onClick={() => onChange(hours.filter((_, at) => at !== index))}
        >
          <X size={14} />
        </ActionIcon>
      )}
    </Group>
  ));
}
