import { takesSeveral } from '@signalbox/automation/kit/field-kinds/index.ts';
import { parseClientRef } from '@signalbox/contract/fields.ts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { clientQuery } from '../../api/items/clients.ts';
import { searchQuery } from '../../api/items/search.ts';
import type { InputProps } from './input-props.ts';
import { Picked } from './picked.tsx';
import { textsOf } from './values.ts';

/** Contacts and companies, found by name, address or number. */
export function ClientInput({ field, value, onChange, frame }: InputProps) {
  const { t } = useTranslation('fields');
  const several = takesSeveral(field);
  return (
    <Picked
      frame={frame}
      several={several}
      chosen={textsOf(value)}
      change={(chosen) => onChange(several ? [...chosen] : (chosen[0] ?? null))}
      useFound={useFoundClients}
      fits={(ref) => field.only === undefined || parseClientRef(ref)?.kind === field.only}
      name={(ref) => <ClientName value={ref} />}
      placeholder={t('findClient')}
    />
  );
}

function useFoundClients(q: string) {
  const { data } = useQuery(searchQuery(q));
  const labelOf = (name: string, email: string | undefined) => (email === undefined ? name : `${name} (${email})`);
  return [
    ...(data?.contacts ?? []).map(({ id, name, emails }) => ({
      value: `contact:${id}`,
      label: labelOf(name, emails[0]),
    })),
    ...(data?.companies ?? []).map(({ id, name, emails }) => ({
      value: `company:${id}`,
      label: labelOf(name, emails[0]),
    })),
  ];
}

/** The name of the contact or company that a value names. */
export function ClientName({ value }: { value: string }) {
  const { t } = useTranslation('fields');
  const ref = parseClientRef(value);
  const { data, isError } = useQuery({
    ...clientQuery(ref?.kind ?? 'contact', ref?.id ?? 0),
    enabled: ref !== undefined,
  });
  if (ref === undefined || isError) return t('gone', { name: value });
  return data?.name ?? '…';
}
