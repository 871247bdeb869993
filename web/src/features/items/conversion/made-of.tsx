import { useQuery } from '@tanstack/react-query';
import { useTypeNames } from '../../../api/items/item-types.ts';
import { itemQuery } from '../../../api/items/items.ts';
import { TextLink } from '../../../ui/button-link.tsx';

/** The way to the item of which another was made. */
export function MadeOf({ parent }: { parent: number }) {
  const names = useTypeNames();
  const { data } = useQuery(itemQuery(parent));
  if (!data) return null;
  return (
    <TextLink size="xs" to="/items/$item" params={{ item: String(parent) }} title={data.title}>
      {names.one(data.type)} #{parent}
    </TextLink>
  );
}
