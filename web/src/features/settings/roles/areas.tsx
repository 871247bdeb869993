import { Stack, Switch } from '@mantine/core';
import { type RoleRights, rightAreas } from '@signalbox/contract/people/rights.ts';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../../ui/panels/panel.tsx';

export interface PartProps {
  readonly rights: RoleRights;
  readonly readOnly: boolean;
  readonly error: Error | null;
  readonly onChange: (rights: RoleRights) => void;
}

/** Rights that are had or not. */
export function Areas({ rights, readOnly, onChange }: PartProps) {
  const { t } = useTranslation('rights');
  return (
    <Panel title={t('areas.title')}>
      <Stack gap="sm">
        {rightAreas.map((area) => (
          <Switch
            key={area}
            label={t(`areas.${area}.name`)}
            description={t(`areas.${area}.text`)}
            checked={rights.areas[area]}
            disabled={readOnly}
            onChange={(event) =>
              onChange({ ...rights, areas: { ...rights.areas, [area]: event.currentTarget.checked } })
            }
          />
        ))}
      </Stack>
    </Panel>
  );
}
