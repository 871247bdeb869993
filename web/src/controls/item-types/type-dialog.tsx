import { Button, Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import { type ItemTypeEntry, type ItemTypeIcon, itemTypeIcons } from '@signalbox/contract/item-types.ts';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangeItemType, useMakeItemType } from '../../api/items/item-types.ts';
import { Dialog } from '../../ui/panels/dialog.tsx';
import { ErrorNote } from '../../ui/text/error-note.tsx';
import { fieldProblem, hasFieldProblems } from '../../ui/text/problem-text.ts';
import styles from './item-types.module.css';
import { TypeIcon } from './type-icon.tsx';

interface TypeDialogProps {
  /** Null: a new one. */
  readonly process: ItemTypeEntry | null;
  readonly close: () => void;
  readonly onSaved?: (process: ItemTypeEntry) => void;
}

/** Makes a smart process, or renames one. */
export function TypeDialog({ process, close, onSaved }: TypeDialogProps) {
  const { t } = useTranslation();
  const { t: own } = useTranslation('itemTypes');
  const [name, setName] = useState(process?.name ?? '');
  const [plural, setPlural] = useState(process?.plural ?? '');
  const [icon, setIcon] = useState<ItemTypeIcon>(process?.icon ?? 'box');
  const make = useMakeItemType();
  const change = useChangeItemType();
  const error = make.error ?? change.error;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = { name, plural, icon };
    const done = {
      onSuccess: (saved: ItemTypeEntry) => {
        close();
        onSaved?.(saved);
      },
    };
    if (process === null) make.mutate(body, done);
    else change.mutate({ ...body, code: process.code }, done);
  };

  return (
    <Dialog close={close} title={process === null ? own('make') : own('edit', { name: process.name })}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <ErrorNote error={hasFieldProblems(error) ? null : error} />
          <TextInput
            label={own('name')}
            description={own('nameHint')}
            value={name}
            maxLength={60}
            onChange={(event) => setName(event.currentTarget.value)}
            error={fieldProblem(error, 'name', t)}
            data-autofocus
            required
          />
          <TextInput
            label={own('plural')}
            description={own('pluralHint')}
            value={plural}
            maxLength={60}
            onChange={(event) => setPlural(event.currentTarget.value)}
            error={fieldProblem(error, 'plural', t)}
            required
          />
          <IconChoice value={icon} onChange={setIcon} />
          <Text size="xs" c="dimmed">
            {process === null ? own('firstStages') : own('code', { code: process.code })}
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('common.cancel')}
            </Button>
            <Button
              type="submit"
              loading={make.isPending || change.isPending}
              disabled={name.trim() === '' || plural.trim() === ''}
            >
              {t(process === null ? 'common.create' : 'common.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

function IconChoice({ value, onChange }: { value: ItemTypeIcon; onChange: (icon: ItemTypeIcon) => void }) {
  const { t } = useTranslation('itemTypes');
  return (
    <Radio.Group
      label={t('icon')}
      value={value}
      onChange={(chosen) => onChange(itemTypeIcons.find((one) => one === chosen) ?? value)}
    >
      <div className={styles.icons}>
        {itemTypeIcons.map((icon) => (
          <Radio.Card
            key={icon}
            value={icon}
            className={styles.icon}
            aria-label={t(`icons.${icon}`)}
            title={t(`icons.${icon}`)}
          >
            <TypeIcon icon={icon} size={18} />
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  );
}
