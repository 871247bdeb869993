import { sql } from 'kysely';
import { startTestServer, type TestServer, type TestWorkspace } from '../../api/testing.ts';
import { drainWorkspace } from '../../automation/drain/drain.ts';
import { bindSignals } from '../../compose/parts.ts';
import { makeRoutes } from '../../compose/routes.ts';
import { inWorkspace, type Tx } from '../../platform/db.ts';
import { createRecorder } from '../../signals/recorder.ts';

interface Question {
  readonly key?: string;
}

/** For tests: a firm with its sandbox line, everything served, and an engine that decides when told to. */
export interface PhoneHouse {
  readonly server: TestServer;
  readonly firm: TestWorkspace;
  readonly lineId: number;
  /** As the administrator unless a key is given; 2xx is expected. */
  ask(method: 'GET' | 'POST' | 'PATCH' | 'PUT', url: string, body?: object, question?: Question): Promise<Answered>;
  inside<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  drain(): Promise<void>;
  signals(): Promise<{ kind: string; payload: Record<string, unknown>; items: number[] | null }[]>;
  /** A deal of a contact with this number. */
  addDeal(phone: string, more?: object): Promise<number>;
  close(): Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
type Answered = any;

export async function openPhoneHouse(): Promise<PhoneHouse> {
  const server = await startTestServer({}, (context, people) =>
    makeRoutes(context, { people, recorder: createRecorder(context) }),
  );
  const firm = await server.addWorkspace('Firm');
  const ask: PhoneHouse['ask'] = async (method, url, body, { key = firm.key } = {}) => {
    const answer = await server.call(method, url, { key, ...(body !== undefined && { body }) });
    if (answer.status >= 300) throw new Error(`${method} ${url}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const inside: PhoneHouse['inside'] = (work) => inWorkspace(server.context.databases.app, firm.id, work);
  return {
    ...{ server, firm, ask, inside },
    lineId: (await ask('GET', '/api/v1/channels?kind=phone-line')).data[0].id,
    drain: async () => {
      while ((await drainWorkspace(server.context, firm.id, { bindSignals })) > 0);
    },
    signals: () =>
      inside(async (tx) => {
        const { rows } = await sql<{ kind: string; payload: Record<string, unknown>; items: number[] | null }>`
          select kind, payload, item_ids as items from signals where kind like 'call.%' order by id`.execute(tx);
        return rows;
      }),
    addDeal: async (phone, more = {}) => {
      const { id: contact } = await ask('POST', '/api/v1/contacts', { name: 'Cleo', phones: [phone] });
      return (await ask('POST', '/api/v1/items', { type: 'deal', title: 'Deal', contact, ...more })).id;
    },
    close: () => server.close(),
  };
}
