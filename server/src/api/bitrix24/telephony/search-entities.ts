import { listReadableClients } from '../../../access/reachable-clients.store.ts';
import { partyOf } from '../../../channels/phone/lines/party.ts';
import { findClient } from '../../../crm/client-book/clients.store.ts';
import { loadCountry } from '../../../crm/client-book/country.ts';
import { findClients } from '../../../crm/client-book/find-clients.store.ts';
import { loadPeople } from '../../../people/employees.store.ts';
import type { Call, MethodResult } from '../rest/method.ts';
import { textOf } from '../rest/parameters.ts';
import { coreError, inCaller } from './in-caller.ts';

const MOST = 20;

/** Whose number it is, as far as whoever asks may see them. */
export function searchEntities(call: Call): Promise<MethodResult> {
  const { parameters, caller } = call;
  const asked = textOf(parameters, 'phone_number') ?? '';
  if (asked === '') throw coreError('PHONE_NUMBER is not set');
  return inCaller(call, async (tx) => {
    const number = partyOf(asked, await loadCountry(tx));
    const found = number === null ? [] : ((await findClients(tx, [number])).get(number) ?? []).slice(0, MOST);
    const readable = async (kind: 'contact' | 'company') => {
      const ids = found.filter((one) => one.kind === kind).map(({ id }) => id);
      return listReadableClients(tx, caller.rights, { kind, ids });
    };
    const seen = { contact: await readable('contact'), company: await readable('company') };
    const clients: Found[] = [];
    for (const { kind, id } of found.filter((one) => seen[one.kind].has(one.id))) {
      const client = await findClient(tx, kind, id);
      if (client !== undefined) clients.push({ ...client, kind });
    }
    const people = await loadPeople(
      tx,
      caller.workspaceId,
      clients.map(({ responsibleId }) => responsibleId),
    );
    return { result: clients.map((client) => present(client, people)) };
  });
}

interface Found {
  readonly kind: 'contact' | 'company';
  readonly id: number;
  readonly name: string;
  readonly responsibleId: number | null;
}

function present({ kind, id, name, responsibleId }: Found, people: ReadonlyMap<number, { name: string }>) {
  const [first = '', ...rest] = (people.get(responsibleId ?? 0)?.name ?? '').split(' ');
  return {
    ...{ CRM_ENTITY_TYPE: kind.toUpperCase(), CRM_ENTITY_ID: id, ASSIGNED_BY_ID: responsibleId, NAME: name },
    ASSIGNED_BY: { ID: responsibleId, NAME: first, LAST_NAME: rest.join(' ') },
  };
}
