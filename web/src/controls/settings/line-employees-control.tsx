import { ActionIcon, Group, Input, Select, Stack, TextInput } from '@mantine/core';
import type { LineEmployee } from '@signalbox/automation/kit/settings/fields.ts';
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type ControlProps, frameOf, shown, withChosen } from '../control.ts';
import { useFormFacts } from '../form-facts.tsx';
import { lineEmployeesOf } from '../words/line-employees.ts';

/** Who answers a line, each with the extension by which the exchange calls them. */
export function LineEmployeesControl(props: ControlProps) {
  const { t } = useTranslation('automation');
  const { people } = useFormFacts();
  const chosen = lineEmployeesOf(shown(props));
  const options = people.map(({ id, name, email }) => ({ value: String(id), label: name === '' ? email : name }));
  const taken = new Set(chosen.map(({ employee }) => String(employee)));
  const set = (at: number, entry: LineEmployee) => props.onChange(chosen.with(at, entry));
  return (
    <Input.Wrapper {...frameOf(props)}>
      <Stack gap={6} mt={4}>
        {chosen.map((entry, at) => (
          <Group key={entry.employee} gap={6} wrap="nowrap">
            <Select
              aria-label={`${t('controls.lineEmployee')} ${at + 1}`}
              data={withChosen(options, [String(entry.employee)]).filter(
                ({ value }) => value === String(entry.employee) || !taken.has(value),
              )}
              value={String(entry.employee)}
              onChange={(id) => id !== null && set(at, { ...entry, employee: Number(id) })}
              searchable
              limit={200}
              nothingFoundMessage={t('controls.nothingFound')}
              style={{ flex: 2, minWidth: 0 }}
            />
            <TextInput
              aria-label={`${t('controls.extension')} ${at + 1}`}
              placeholder={t('controls.extension')}
              value={entry.extension}
              maxLength={40}
              onChange={(event) => set(at, { ...entry, extension: event.currentTarget.value })}
              style={{ flex: 1, minWidth: 0 }}
            />
            <ActionIcon
              aria-label={`${t('controls.removeLine')} ${at + 1}`}
              onClick={() => props.onChange(chosen.toSpliced(at, 1))}
            >
              <X size={16} />
            </ActionIcon>
          </Group>
        ))}
        <Select
          aria-label={t('controls.addEmployee')}
          placeholder={t('controls.addEmployee')}
          data={options.filter(({ value }) => !taken.has(value))}
          value={null}
          onChange={(id) => id !== null && props.onChange([...chosen, { employee: Number(id), extension: '' }])}
          searchable
          limit={200}
          nothingFoundMessage={t('controls.nothingFound')}
        />
      </Stack>
    </Input.Wrapper>
  );
}
