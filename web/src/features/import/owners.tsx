import { Alert, Radio, Select } from '@mantine/core';
import type { ImportJob, ImportPreview } from '@signalbox/contract/imports.ts';
import { useTranslation } from 'react-i18next';
import { useFields } from '../../api/items/fields.ts';
import type { SettingsProps } from './settings-props.ts';

interface Props extends SettingsProps {
  readonly job: ImportJob;
  readonly unknown: ImportPreview['unknownOwners'];
}

/** How many rows name an owner who is not here, and where their names are kept. */
export function Owners({ job, unknown, settings, set }: Props) {
  const { t } = useTranslation('lists');
  if (unknown.rows === 0) return null;
  const isClient = job.target === 'contact' || job.target === 'company';
  const places = isClient ? (['field', 'leave'] as const) : (['note', 'field', 'leave'] as const);
  const chosen = settings.unknownOwners ?? places[0];
  const names = unknown.names.map(({ text, rows }) => `${text} (${rows})`).join(', ');
  return (
    <Alert color="yellow" title={t('owners.title', { count: unknown.rows })}>
      <p>{names}</p>
      <p>{t('owners.whereNote')}</p>
      <Radio.Group label={t('owners.where')} value={chosen}>
        {places.map((place) => (
          <Radio
            key={place}
            mt={6}
            value={place}
            label={t(`owners.${place}`)}
            onChange={() => set({ unknownOwners: place })}
          />
        ))}
      </Radio.Group>
      {chosen === 'field' && <OwnerField target={job.target} settings={settings} set={set} />}
    </Alert>
  );
}

function OwnerField({ target, settings, set }: SettingsProps & { readonly target: string }) {
  const { t } = useTranslation('lists');
  const { data: fields = [] } = useFields(target);
  const texts = fields.filter(({ custom, kind, multiple, limit }) => custom && kind === 'text' && !multiple && !limit);
  return (
    <Select
      mt={8}
      maw={360}
      aria-label={t('owners.field')}
      allowDeselect={false}
      data={[
        { value: '', label: t('owners.likeColumn') },
        ...texts.map(({ code, name }) => ({ value: code, label: name })),
      ]}
      value={settings.ownerField ?? ''}
      onChange={(code) => set({ ownerField: code === null || code === '' ? undefined : code })}
    />
  );
}
