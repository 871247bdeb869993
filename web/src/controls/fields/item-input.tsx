import { takesSeveral } from '@signalbox/automation/kit/field-kinds/index.ts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useTypeNames } from '../../api/items/item-types.ts';
import { itemQuery } from '../../api/items/items.ts';
import { searchQuery } from '../../api/items/search.ts';
import type { InputProps } from './input-props.ts';
import { Picked } from './picked.tsx';
import { idsOf, textsOf } from './values.ts';

/** Items of every type, found by their names. */
export function ItemInput({ field, value, onChange, frame }: InputProps) {
  const { t } = useTranslation('fields');
  const several = takesSeveral(field);
  return (
    <Picked
      frame={frame}
      several={several}
      chosen={textsOf(value)}
      change={(chosen) => onChange(several ? idsOf([...chosen]) : (idsOf([...chosen])[0] ?? null))}
      useFound={useFoundItems}
      name={(id) => <ItemName id={Number(id)} />}
      placeholder={t('findItem')}
    />
  );
}

function useFoundItems(q: string) {
  const { data } = useQuery(searchQuery(q));
  const names = useTypeNames();
  return (data?.items ?? []).map(({ id, title, type, stageName }) => ({
    value: String(id),
    label: `${title} (${names.one(type)}, ${stageName})`,
  }));
}

export function ItemName({ id }: { id: number }) {
  const { t } = useTranslation('fields');
  const { data, isError } = useQuery(itemQuery(id));
  if (isError) return t('gone', { name: `#${id}` });
  return data?.title ?? '…';
}
