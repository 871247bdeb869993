import { z } from 'zod';
import { id, itemType } from './common.ts';
import { taskStatus } from './tasks.ts';

export const searchQuery = z.strictObject({
  q: z.string().max(200),
  limit: z.coerce.number<string>().int().min(1).max(50).default(10),
});
const client = z.object({ id, name: z.string(), emails: z.array(z.string()), phones: z.array(z.string()) });
export const searchResult = z.object({
  items: z.array(
    z.object({ id, type: itemType, title: z.string(), pipeline: id, stage: z.string(), stageName: z.string() }),
  ),
  contacts: z.array(client),
  companies: z.array(client),
  tasks: z.array(z.object({ id, title: z.string(), status: taskStatus, itemTitle: z.string().nullable() })),
});
export type SearchResult = z.infer<typeof searchResult>;
