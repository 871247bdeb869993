import { Button, Group, Select, Stack, Switch, TagsInput, TextInput } from '@mantine/core';
import { fieldKindOf } from '@signalbox/automation/kit/field-kinds/index.ts';
import { type FieldKind, fieldKinds } from '@signalbox/automation/kit/values/values.ts';
import { type FieldBody, fieldOwner } from '@signalbox/contract/fields.ts';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddField } from '../../api/items/fields.ts';
import { Dialog } from '../../ui/panels/dialog.tsx';
import { ErrorNote } from '../../ui/text/error-note.tsx';
import { fieldProblem } from '../../ui/text/problem-text.ts';

/** Type, name, done: the field is on every item of the type at once. */
export function CreateField({ type, close }: { type: string; close: () => void }) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<FieldKind>('text');
  const [name, setName] = useState('');
  const [options, setOptions] = useState<string[]>([]);
  const [multiple, setMultiple] = useState(false);
  const { mutate: add, error, isPending } = useAddField();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    const body: FieldBody = { type: fieldOwner.parse(type), code: codeOf(name), name, kind, multiple };
    add(fieldKindOf[kind].hasOptions ? { ...body, options } : body, { onSuccess: close });
  };

  return (
    <Dialog close={close} title={t('fields.create')}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <ErrorNote error={error && !fieldProblem(error, 'name', t) ? error : null} />
          <TextInput
            label={t('common.name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={fieldProblem(error, 'name', t)}
            data-autofocus
            required
          />
          <Select
            label={t('fields.kind')}
            data={fieldKinds.map((value) => ({ value, label: t(`fields.kinds.${value}`) }))}
            value={kind}
            onChange={(chosen) => setKind(fieldKinds.find((one) => one === chosen) ?? 'text')}
            allowDeselect={false}
          />
          {fieldKindOf[kind].hasOptions && (
            <TagsInput
              label={t('fields.options')}
              description={t('fields.optionsHint')}
              value={options}
              onChange={setOptions}
              error={fieldProblem(error, 'options', t)}
            />
          )}
          {fieldKindOf[kind].holds === 'one or several' && (
            <Switch
              label={t('fields.multiple')}
              checked={multiple}
              onChange={(event) => setMultiple(event.currentTarget.checked)}
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={isPending} disabled={name.trim() === ''}>
              {t('common.create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

// A code that a template can use: "Numer zamówienia" -> numerZamowienia_k3f9
function codeOf(name: string): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').replace(/ł/g, 'l').replace(/Ł/g, 'L');
  const words = plain.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const camel = words.map((word, index) => (index === 0 ? word.toLowerCase() : capital(word))).join('');
  const random = crypto.randomUUID().slice(0, 4);
  return `${/^[a-z]/i.test(camel) ? camel.slice(0, 50) : 'field'}_${random}`;
}

const capital = (word: string) => `${word.slice(0, 1).toUpperCase()}${word.slice(1).toLowerCase()}`;
