import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { z } from 'zod';
import { useMe, useSaveMe } from '../../api/workspace/me.ts';

const view = z.object({
  name: z.string(),
  columns: z.array(z.string()),
  sort: z.string().optional(),
  filter: z.string().optional(),
});
export type View = z.infer<typeof view>;
const kept = z.object({ columns: z.array(z.string()).optional(), views: z.array(view).default([]) });

const usual = ['stage', 'amount', 'client', 'responsible', 'createdAt'];

/** What the list shows: place, search and filter from the address; columns and saved views from the person's preferences. */
export function useListView() {
  const { type, pipeline } = useParams({ from: '/signed-in/list/$type/$pipeline' });
  const search = useSearch({ from: '/signed-in/list/$type/$pipeline' });
  const navigate = useNavigate({ from: '/list/$type/$pipeline' });
  const me = useMe();
  const save = useSaveMe();
  const name = `list ${type}`;
  const mine = kept.catch({ views: [] }).parse(me.preferences[name] ?? {});
  const columns = mine.columns ?? usual;
  const keep = (change: Partial<z.infer<typeof kept>>) =>
    save.mutate({ preferences: { ...me.preferences, [name]: { ...mine, ...change } } });
  const look = (change: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  return {
    ...{ type, pipeline, search, columns, views: mine.views, look },
    setColumns: (wanted: string[]) => keep({ columns: wanted }),
    saveView: (label: string) => {
      const made = { name: label, columns, sort: search.sort, filter: search.filter };
      keep({ views: [...mine.views.filter((one) => one.name !== label), made] });
    },
    removeView: (label: string) => keep({ views: mine.views.filter((one) => one.name !== label) }),
    showView: (chosen: View) => {
      keep({ columns: chosen.columns });
      look({ sort: chosen.sort, filter: chosen.filter });
    },
  };
}
export type ListView = ReturnType<typeof useListView>;
