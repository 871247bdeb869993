import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { Field } from '@signalbox/contract/fields.ts';
import { Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type Client, type ClientKind, useSaveClient } from '../../api/items/clients.ts';
import { useFields } from '../../api/items/fields.ts';
import { useMay } from '../../api/workspace/may.ts';
import { CreateField } from '../../controls/fields/create-field.tsx';
import { FieldRow } from '../../controls/fields/field-row.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Panel } from '../../ui/panels/panel.tsx';
import { ErrorNote } from '../../ui/text/error-note.tsx';

interface Props {
  kind: ClientKind;
  client: Client;
  readOnly: boolean;
}

/** The fields that people have made for contacts or companies, each saved as soon as it is left. */
export function ClientCustomFields({ kind, client, readOnly }: Props) {
  const { t } = useTranslation();
  const { data: fields, error } = useFields(kind);
  const [creating, { open, close }] = useDisclosure(false);
  const may = useMay();
  const own = fields?.filter(({ custom }) => custom);
  if (own?.length === 0 && !may.addField(kind)) return null;
  return (
    <Panel title={t('item.moreFields')}>
      <ErrorNote error={error} />
      {!own && !error && <Loading />}
      {own?.map((field) => (
        <Row key={field.code} field={field} kind={kind} client={client} readOnly={readOnly} />
      ))}
      {may.addField(kind) && (
        <Button size="compact-sm" variant="subtle" leftSection={<Plus size={15} />} onClick={open}>
          {t('fields.create')}
        </Button>
      )}
      {creating && <CreateField type={kind} close={close} />}
    </Panel>
  );
}

function Row({ field, kind, client, readOnly }: Props & { field: Field }) {
  const { mutate, error, isPending, reset } = useSaveClient(kind, client.id);
  return (
    <FieldRow
      fixed={readOnly}
      field={field}
      value={client.fields[field.code] ?? null}
      saving={{
        save: (value, done) => mutate({ fields: { [field.code]: value } }, { onSuccess: done }),
        ...{ error, isPending, reset },
      }}
    />
  );
}
