import { grantsOf, type Reach, type RightVerb, type RoleRights } from '@signalbox/contract/people/rights.ts';
import type { Access } from '@signalbox/contract/people/roles.ts';
import { loadPeople } from '../people/employees.store.ts';
import { type Holder, loadEverybody } from '../people/rights/everybody.store.ts';
import { rightsOf } from '../people/rights/rights.store.ts';
import { summariseRole } from '../people/rights/summarise-role.ts';
import type { Caller, Rights } from '../platform/context.ts';
import type { Tx } from '../platform/db.ts';
import { isOf, type Owned, reachesItem } from './reach.ts';

type Reason = Access['data'][number]['because'];

/** Something that people see or not, as their rights judge it. */
interface Seen {
  reaches(rights: Rights, verb: RightVerb): boolean;
  /** How far one role lets it be read. */
  readBy(role: Pick<RoleRights, 'items' | 'clients'>): Reach;
  because(rights: Rights): Reason;
}

/** Everybody who may see it, why, and what else they may do. */
export async function explainAccess(tx: Tx, { workspaceId, language }: Caller, seen: Seen): Promise<Access> {
  const everybody = await loadEverybody(tx, workspaceId);
  const readers = everybody.filter(({ rights }) => seen.reaches(rights, 'read'));
  const ids = readers.map(({ rights }) => rights.employeeId);
  const people = await loadPeople(tx, workspaceId, ids);
  const show = ({ rights, roles }: Holder) => {
    const person = people.get(rights.employeeId);
    if (person === undefined) return [];
    const because = seen.because(rights);
    const isByRole = because === 'all' || because === 'department';
    const by = isByRole ? roles.filter((role) => seen.readBy(rightsOf(role)) === because) : roles;
    return [
      {
        person,
        roles: by.map((one) => summariseRole(one, language)),
        because,
        change: seen.reaches(rights, 'change'),
        delete: seen.reaches(rights, 'delete'),
      },
    ];
  };
  return { data: readers.flatMap(show), automation: 'all' };
}

export function itemSeen(item: Owned): Seen {
  const at = { type: item.type, pipeline: item.pipelineId };
  return {
    reaches: (rights, verb) => reachesItem(rights, item, 'read') && reachesItem(rights, item, verb),
    readBy: ({ items }) => grantsOf(items, at).read,
    because(rights) {
      const { read } = grantsOf(rights.items, at);
      return ownReason(rights, read, item.responsibleId) ?? 'observer';
    },
  };
}

interface OwnedClient {
  readonly responsibleId: number | null;
  readonly items: readonly Owned[];
}

/** As `reachableClients` says it in SQL. */
export function clientSeen({ responsibleId, items }: OwnedClient): Seen {
  const reachedBy = (rights: Rights, verb: RightVerb) => {
    const reach = rights.clients[verb];
    if (reach === 'none' || reach === 'all') return reach === 'all';
    return isOf(rights, responsibleId, reach) || items.some((item) => reachesItem(rights, item, verb));
  };
  return {
    reaches: (rights, verb) => reachedBy(rights, 'read') && reachedBy(rights, verb),
    readBy: ({ clients }) => clients.read,
    because: (rights) => ownReason(rights, rights.clients.read, responsibleId) ?? 'item',
  };
}

function ownReason(rights: Rights, read: Reach, responsibleId: number | null): Reason | undefined {
  if (rights.administrator) return 'administrator';
  if (read === 'all') return 'all';
  if (responsibleId === rights.employeeId) return 'responsible';
  return read === 'department' && isOf(rights, responsibleId, 'department') ? 'department' : undefined;
}
