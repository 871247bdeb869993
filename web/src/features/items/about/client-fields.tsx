import { ActionIcon, Button, Group } from '@mantine/core';
import type { ClientSummary, Item } from '@signalbox/contract/items.ts';
import { Building2, Mail, Phone, UserRound, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMayFill } from '../../../api/items/fields.ts';
import { useSaveItem } from '../../../api/items/items.ts';
import { useMay } from '../../../api/workspace/may.ts';
import { HeldBack } from '../../../controls/fields/held-back.tsx';
import { PhoneNumber } from '../../../controls/phone/phone-number.tsx';
import { TextLink } from '../../../ui/button-link.tsx';
import { Panel } from '../../../ui/panels/panel.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';
import styles from './client-fields.module.css';
import { ClientPicker } from './client-picker.tsx';

type Kind = ClientSummary['kind'];
const kinds: readonly Kind[] = ['company', 'contact'];

export function ClientFields({ item }: { item: Item }) {
  const { t } = useTranslation();
  const [picking, setPicking] = useState<Kind | null>(null);
  const { mutate: save, error } = useSaveItem(item.id);
  const mayChange = useMay().item(item, 'change');
  const mayFill = useMayFill(item.type);
  const mayTie = (kind: Kind) => mayChange && mayFill(kind);
  const missing = kinds.filter((kind) => item[kind] === null && kind !== picking && mayTie(kind));

  return (
    <Panel title={t('item.client')}>
      <ErrorNote error={error} />
      {item.clients.map((client) => (
        <ClientCard
          item={item.id}
          key={`${client.kind}-${client.id}`}
          client={client}
          untie={mayTie(client.kind) ? () => save({ [client.kind]: null }) : null}
          heldBack={!mayFill(client.kind)}
        />
      ))}
      {picking && (
        <ClientPicker
          kind={picking}
          pick={(id) => save({ [picking]: id }, { onSuccess: () => setPicking(null) })}
          cancel={() => setPicking(null)}
        />
      )}
      <Group gap={6}>
        {missing.map((kind) => (
          <Button
            key={kind}
            size="compact-sm"
            variant="subtle"
            leftSection={kind === 'company' ? <Building2 size={15} /> : <UserRound size={15} />}
            onClick={() => setPicking(kind)}
          >
            {t(`item.choose.${kind}`)}
          </Button>
        ))}
      </Group>
    </Panel>
  );
}

interface ClientCardProps {
  client: ClientSummary;
  item: number;
  untie: (() => void) | null;
  heldBack: boolean;
}

function ClientCard({ client, item, untie, heldBack }: ClientCardProps) {
  const { t } = useTranslation();
  const Icon = client.kind === 'company' ? Building2 : UserRound;
  return (
    <div className={styles.client}>
      <Icon size={17} aria-hidden className={styles.icon} />
      <div className={styles.facts}>
        <TextLink
          to="/clients/$kind/$client"
          params={{ kind: client.kind, client: String(client.id) }}
          fw={600}
          size="sm"
        >
          {client.name}
        </TextLink>
        {client.emails.map((email) => (
          <span key={email} className={styles.address}>
            <Mail size={13} aria-hidden /> {email}
          </span>
        ))}
        {client.phones.map((phone) => (
          <span key={phone} className={styles.address}>
            <Phone size={13} aria-hidden /> <PhoneNumber number={phone} item={item} />
          </span>
        ))}
      </div>
      {untie && (
        <ActionIcon size="sm" aria-label={t('common.remove', { name: client.name })} onClick={untie}>
          <X size={14} />
        </ActionIcon>
      )}
      {heldBack && <HeldBack />}
    </div>
  );
}
