import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface TimeZoneProps {
  readonly zone: string;
  readonly onChange: (zone: string) => void;
  readonly readOnly: boolean;
}

/** In which zone days begin, work is done and dates are meant. */
export function TimeZone({ zone, onChange, readOnly }: TimeZoneProps) {
  const { t: say } = useTranslation('workingTime');
  const zones = [...new Set([zone, ...Intl.supportedValuesOf('timeZone')])].toSorted();
  return (
    <Select
      label={say('timeZone')}
      description={say('timeZoneHint')}
      data={zones.map((one) => ({ value: one, label: one.replaceAll('_', ' ') }))}
      value={zone}
      onChange={(chosen) => chosen !== null && onChange(chosen)}
      disabled={readOnly}
      allowDeselect={false}
      searchable
      maw={420}
    />
  );
}
