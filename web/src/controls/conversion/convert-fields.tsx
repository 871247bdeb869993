import { Fieldset, Select, SimpleGrid, Stack, Text } from '@mantine/core';
import type { Field } from '@signalbox/contract/fields.ts';
import type { Item } from '@signalbox/contract/items.ts';
import { useTranslation } from 'react-i18next';
import { useFields } from '../../api/items/fields.ts';
import { FieldValue } from '../fields/field-value.tsx';
import type { ConversionForm } from './use-conversion.ts';

interface ConvertFieldsProps {
  readonly lead: Item;
  readonly form: ConversionForm;
  readonly change: (part: Partial<ConversionForm>) => void;
}

/** Each filled field of the lead, and the field of the deal that it becomes. */
export function ConvertFields({ lead, form, change }: ConvertFieldsProps) {
  const { t } = useTranslation('pipelines');
  const { data: own = [] } = useFields('lead');
  const { data: ofDeal = [] } = useFields('deal');
  const filled = own.filter(({ code }) => lead.fields[code] !== undefined && lead.fields[code] !== null);
  if (filled.length === 0) return null;
  const choose = (from: string, to: string | null) => {
    const { [from]: _, ...others } = form.fields;
    change({ fields: to === null ? others : { ...others, [from]: to } });
  };
  const taken = (code: string) => Object.values(form.fields).includes(code);
  return (
    <Fieldset legend={t('convert.fields')}>
      <Stack gap="xs">
        {filled.map((field) => {
          const chosen = form.fields[field.code] ?? null;
          const fits = ofDeal.filter((one) => isLike(one, field) && (one.code === chosen || !taken(one.code)));
          return (
            <SimpleGrid key={field.code} cols={{ base: 1, xs: 2 }} spacing="xs" verticalSpacing={2}>
              <Text size="sm" component="div">
                {field.name}: <FieldValue field={field} value={lead.fields[field.code] ?? null} />
              </Text>
              <Select
                size="xs"
                aria-label={t('convert.fieldTo', { field: field.name })}
                placeholder={t('convert.leaveOut')}
                data={fits.map(({ code, name }) => ({ value: code, label: name }))}
                value={chosen}
                onChange={(to) => choose(field.code, to)}
                clearable
              />
            </SimpleGrid>
          );
        })}
      </Stack>
    </Fieldset>
  );
}

const stored = ['source', 'dealKind', 'deliveryDate', 'dueDate', 'paymentDate'];

const isLike = (target: Field, field: Field) =>
  target.kind === field.kind &&
  target.multiple === field.multiple &&
  !target.readOnly &&
  target.limit === null &&
  (target.custom || stored.includes(target.code));
