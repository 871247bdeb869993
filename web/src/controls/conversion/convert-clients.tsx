import { Checkbox, Fieldset, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import type { ConversionPlan } from '@signalbox/contract/conversion.ts';
import type { Item } from '@signalbox/contract/items.ts';
import { useTranslation } from 'react-i18next';
import { type ConversionForm, contactForm, knownContact } from './use-conversion.ts';

interface ConvertClientsProps {
  readonly lead: Item;
  readonly plan: ConversionPlan;
  readonly form: ConversionForm;
  readonly change: (part: Partial<ConversionForm>) => void;
}

/** The lead's own clients go along; those that it lacks can be made. */
export function ConvertClients({ lead, plan, form, change }: ConvertClientsProps) {
  const { t } = useTranslation('pipelines');
  const known = knownContact(plan, form);
  return (
    <Fieldset legend={t('convert.clients')}>
      <Stack gap="xs">
        {lead.clients.map(({ kind, id, name }) => (
          <Text key={`${kind} ${id}`} size="sm">
            {t('convert.stays', { name })}
          </Text>
        ))}
        {lead.contact === null && (
          <>
            <Checkbox
              label={t('convert.makeContact')}
              checked={form.contact !== null}
              onChange={({ currentTarget }) => change({ contact: currentTarget.checked ? contactForm(plan) : null })}
            />
            {form.contact && <ContactFields contact={form.contact} change={(contact) => change({ contact })} />}
            {known && <Text size="sm">{t('convert.known', { name: known.name })}</Text>}
          </>
        )}
        {lead.company === null && (
          <>
            <Checkbox
              label={t('convert.makeCompany')}
              checked={form.company !== null}
              onChange={({ currentTarget }) => change({ company: currentTarget.checked ? '' : null })}
            />
            {form.company !== null && (
              <TextInput
                aria-label={t('convert.companyName')}
                placeholder={t('convert.companyName')}
                value={form.company}
                onChange={({ currentTarget }) => change({ company: currentTarget.value })}
              />
            )}
          </>
        )}
      </Stack>
    </Fieldset>
  );
}

type Contact = NonNullable<ConversionForm['contact']>;

function ContactFields({ contact, change }: { contact: Contact; change: (contact: Contact) => void }) {
  const { t } = useTranslation('pipelines');
  const { t: common } = useTranslation();
  const texts = [
    { key: 'name', label: t('convert.contactName') },
    { key: 'email', label: common('common.email') },
    { key: 'phone', label: common('common.phone') },
  ] as const;
  return (
    <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="xs" verticalSpacing="xs">
      {texts.map(({ key, label }) => (
        <TextInput
          key={key}
          aria-label={label}
          placeholder={label}
          value={contact[key]}
          onChange={({ currentTarget }) => change({ ...contact, [key]: currentTarget.value })}
        />
      ))}
    </SimpleGrid>
  );
}
