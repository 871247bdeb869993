import { ActionIcon, Badge, Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Building2, Pencil, UserRound, Users, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type Client, type ClientKind, clientQuery } from '../../api/items/clients.ts';
import { clientItemsQuery } from '../../api/items/items.ts';
import { useMay } from '../../api/workspace/may.ts';
import { AccessDialog } from '../../controls/access/access-dialog.tsx';
import { PhoneNumber } from '../../controls/phone/phone-number.tsx';
import { TextLink } from '../../ui/button-link.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Panel } from '../../ui/panels/panel.tsx';
import { SidePanel } from '../../ui/panels/side-panel.tsx';
import { ErrorNote } from '../../ui/text/error-note.tsx';
import { useFormat } from '../../ui/text/format.ts';
import { ClientCustomFields } from './client-custom-fields.tsx';
import { ClientForm } from './client-form.tsx';
import { ClientItems } from './client-items.tsx';
import styles from './clients.module.css';

/** A contact's or company's card over the list. */
export function ClientPanel() {
  const { t } = useTranslation();
  const params = useParams({ from: '/signed-in/clients/$kind/$client' });
  const navigate = useNavigate({ from: '/clients/$kind/$client' });
  const kind: ClientKind = params.kind === 'company' ? 'company' : 'contact';
  const { data: client, error, refetch } = useQuery(clientQuery(kind, Number(params.client)));
  const close = () => void navigate({ to: '/clients/$kind', search: ({ q }) => ({ q }) });

  return (
    <SidePanel label={client?.name ?? t(`types.${kind}.one`)} width="560px" close={close}>
      <ErrorNote error={error} retry={() => void refetch()} />
      {client ? <ClientCard kind={kind} client={client} close={close} /> : !error && <Loading lines={6} />}
    </SidePanel>
  );
}

function ClientCard({ kind, client, close }: { kind: ClientKind; client: Client; close: () => void }) {
  const { t } = useTranslation();
  const [editing, edit] = useDisclosure(false);
  const [explained, explain] = useDisclosure(false);
  const { data: items } = useQuery(clientItemsQuery(kind, client.id));
  const mayChange = useMay().client(client, 'change', items);
  const Icon = kind === 'company' ? Building2 : UserRound;
  return (
    <>
      <div className={styles.panelHead}>
        <Icon size={22} aria-hidden />
        <h1 className={styles.panelName} tabIndex={-1} data-autofocus>
          {client.name}
        </h1>
        {mayChange ? (
          <Button size="xs" variant="default" leftSection={<Pencil size={14} />} onClick={edit.open}>
            {t('common.edit')}
          </Button>
        ) : (
          <Badge variant="default" size="md" tt="none" fw={500} title={t('problem.codes.no-client-change')}>
            {t('item.readOnly')}
          </Badge>
        )}
        <ActionIcon aria-label={t('item.access')} title={t('item.access')} onClick={explain.open}>
          <Users size={17} />
        </ActionIcon>
        <ActionIcon aria-label={t('common.close')} onClick={close}>
          <X size={18} />
        </ActionIcon>
      </div>
      <div className={styles.panelBody}>
        <Panel>
          <Facts kind={kind} client={client} />
        </Panel>
        <ClientCustomFields kind={kind} client={client} readOnly={!mayChange} />
        <ClientItems kind={kind} id={client.id} />
      </div>
      {explained && (
        <AccessDialog
          noun={kind === 'company' ? 'companies' : 'contacts'}
          id={client.id}
          name={client.name}
          close={explain.close}
        />
      )}
      {editing && <ClientForm kind={kind} client={client} close={edit.close} />}
    </>
  );
}

function Facts({ kind, client }: { kind: ClientKind; client: Client }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <dl className={styles.facts}>
      <dt>{t('common.email')}</dt>
      <dd>
        {client.emails.map((email) => (
          <span key={email}>{email}</span>
        ))}
        {client.emails.length === 0 && t('common.none')}
      </dd>
      <dt>{t('common.phone')}</dt>
      <dd>
        {client.phones.map((phone) => (
          <PhoneNumber key={phone} number={phone} />
        ))}
        {client.phones.length === 0 && t('common.none')}
      </dd>
      {kind === 'contact' && client.company && <CompanyFact id={client.company} />}
      <dt>{t('clients.responsible')}</dt>
      <dd>{client.responsible?.name ?? t('common.none')}</dd>
      <dt>{t('clients.since')}</dt>
      <dd>{format.date(client.createdAt)}</dd>
    </dl>
  );
}

function CompanyFact({ id }: { id: number }) {
  const { t } = useTranslation();
  const { data: company } = useQuery(clientQuery('company', id));
  return (
    <>
      <dt>{t('types.company.one')}</dt>
      <dd>
        <TextLink size="sm" to="/clients/$kind/$client" params={{ kind: 'company', client: String(id) }}>
          {company?.name ?? `#${id}`}
        </TextLink>
      </dd>
    </>
  );
}
