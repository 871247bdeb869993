import { until } from './hands/until.ts';
import { giveTasks } from './tasks-of-company.ts';
import type { World } from './world.ts';

export const OWNER = { name: 'Anna Nowak', email: 'anna@northwind.example', password: 'correct horse battery' };

/** What the pictures and the checks of all screens need to know of the company. */
export interface Company {
  readonly pipeline: number;
  /** A deal with a history: written to, opened, moved, explained. */
  readonly deal: number;
  /** One with steps, a comment, a part and a repetition. */
  readonly task: number;
  readonly client: number;
  /** An import that waits for its mapping, with dirty cells, and one that is through. */
  readonly draftImport: number;
  readonly doneImport: number;
  /** One of clients who are here, waiting as well. */
  readonly clientsImport: number;
  /** The path of an invitation that waits. */
  readonly invitation: string;
}

const words = {
  en: {
    company: 'Northwind Joinery',
    currency: 'EUR',
    departments: ['Sales', 'Workshop'],
    offer: 'Our offer for your shop',
    html: '<p>Good morning,</p><p>here is <a href="https://northwind.example/offer">our offer</a> with the drawings. Shall we talk on Thursday?</p>',
    second: 'The drawings you asked for',
    notify: '{{ client.name }} is reading the offer: {{ item.title }}',
    comment: 'Call {{ client.firstName }} today, while the offer is on the table.',
    remind: 'No answer to the offer yet: {{ item.title }}',
    thanks: 'Thank you for your order',
    note: 'Spoke on the phone: wants oak instead of beech, decides this week.',
    answer: 'Looks good to us. When could you start?',
    key: 'Web shop',
    field: 'Contract number',
    csv: 'Title,Stage,Amount,Closing date,Contact e-mail,Owner,Created',
    clients: 'E-mail,Phone,First name,Company',
    process: ['Service order', 'Service orders', 'Sharpen the saw'],
  },
  pl: {
    company: 'Stolarnia Północ',
    currency: 'PLN',
    departments: ['Sprzedaż', 'Warsztat'],
    offer: 'Nasza oferta dla Państwa sklepu',
    html: '<p>Dzień dobry,</p><p>w załączeniu <a href="https://northwind.example/oferta">nasza oferta</a> z rysunkami. Czy możemy porozmawiać w czwartek?</p>',
    second: 'Rysunki, o które Państwo prosili',
    notify: '{{ client.name }} czyta ofertę: {{ item.title }}',
    comment: 'Zadzwonić dziś: {{ client.firstName }}, póki oferta leży na stole.',
    remind: 'Nadal brak odpowiedzi na ofertę: {{ item.title }}',
    thanks: 'Dziękujemy za zamówienie',
    note: 'Rozmowa telefoniczna: dąb zamiast buku, decyzja w tym tygodniu.',
    answer: 'Nam się podoba. Kiedy mogliby Państwo zacząć?',
    key: 'Sklep internetowy',
    field: 'Numer umowy',
    csv: 'Nazwa,Etap,Kwota,Data zamknięcia,Adres email,Opiekun,Utworzono',
    clients: 'Adres email,Telefon komórkowy,Imię,Firma',
    process: ['Zlecenie serwisowe', 'Zlecenia serwisowe', 'Ostrzenie piły'],
  },
} as const;

export type Speech = keyof typeof words;

/** The first account with sample deals, over HTTP. */
export async function foundCompany({ place }: World, language: Speech): Promise<void> {
  const { company, currency } = words[language];
  const response = await fetch(`${place.url}/api/v1/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: place.url },
    body: JSON.stringify({
      ...OWNER,
      workspaceName: company,
      currency,
      language,
      timeZone: 'Europe/Warsaw',
      sampleData: true,
    }),
  });
  if (!response.ok) throw new Error(`setup: ${response.status} ${await response.text()}`);
}

/** A day at work: people, a board, letters sent, opened by people and machines, answered. */
export async function furnishCompany(world: World, language: Speech): Promise<Company> {
  const say = words[language];
  const call = caller(world);
  const { data: pipelines } = await call('GET', '/pipelines?type=deal');
  const pipeline = pipelines[0];
  await addPeople(call, say.departments);
  await call('PUT', `/automation/deal/${pipeline.id}`, board(pipeline.name, say));
  await call('POST', '/fields', { type: 'deal', code: 'contractNumber', name: say.field, kind: 'text' });
  await makeProcess(call, say.process);

  const { data: deals } = await call('GET', '/items?type=deal&limit=50');
  const on = (stage: string) => deals.filter((one: { stage: string }) => one.stage === stage);
  const [reader, scanned] = on('OFFER');
  const [answering] = on('CONTACT');
  await call('POST', `/items/${reader.id}/comments`, { text: say.note });
  await write(call, reader.id, say.offer, say.html);
  await visit(call, say.offer, 'open', { as: 'mimecast' });
  await visit(call, say.offer, 'open', { as: 'person' });
  await until('the deal moved', async () => (await call('GET', `/items/${reader.id}`)).stage === 'WARM');
  await visit(call, say.offer, 'open', { as: 'person' });
  await write(call, scanned.id, say.second, say.html);
  await visit(call, say.second, 'open', { as: 'apple-mail-privacy' });
  await write(call, answering.id, `${say.offer} (2)`, say.html);
  await visit(call, `${say.offer} (2)`, 'reply', { text: say.answer });
  await until('the answer', async () => (await call('GET', `/items/${answering.id}`)).stage === 'NEGOTIATION');
  await until('every run', async () => {
    const { data } = await call('GET', `/items/${reader.id}/runs`);
    return data.filter((run: { state: string }) => run.state === 'done').length >= 2;
  });
  await talk(world, reader.id);
  const task = await giveTasks(call, language, reader.id);
  const client = reader.clients.find((one: { kind: string }) => one.kind === 'contact');
  const imports = await bringIn(world, {
    pipeline: pipeline.id,
    header: say.csv,
    clients: [say.clients, client.emails[0]],
  });
  const guest = { name: 'Ewa Lis', email: 'ewa@northwind.example', department: say.departments[0] };
  const { url } = await call('POST', '/invitations', guest);
  return {
    invitation: new URL(url).pathname,
    pipeline: pipeline.id,
    deal: reader.id,
    task,
    client: reader.clients[1]?.id ?? reader.clients[0].id,
    ...imports,
  };
}

type Call = ReturnType<typeof caller>;

const caller = (world: World) => async (method: string, path: string, body?: unknown) => {
  const answer = await world.api(method, `/api/v1${path}`, body);
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
};

async function makeProcess(call: Call, [name, plural, title]: readonly [string, string, string]): Promise<void> {
  await call('POST', '/item-types', { code: 'service', name, plural, icon: 'wrench' });
  await call('POST', '/items', { type: 'service', title });
}

async function addPeople(call: Call, [sales, workshop]: readonly [string, string]): Promise<void> {
  await call('POST', '/departments', { name: sales });
  await call('POST', '/departments', { name: workshop });
  const password = OWNER.password;
  await call('POST', '/users', {
    name: 'Piotr Zieliński',
    email: 'piotr@northwind.example',
    department: sales,
    password,
  });
  await call('POST', '/users', {
    name: 'Maria Silva',
    email: 'maria@northwind.example',
    department: workshop,
    password,
  });
}

const board = (pipeline: string, say: (typeof words)[Speech]) => ({
  type: 'deal',
  pipeline,
  triggers: [
    { on: 'email/sent', stage: 'OFFER' },
    {
      on: 'email/opened',
      stage: 'WARM',
      id: 'offer-read',
      when: { all: [{ field: 'amount', is: 'at least', value: 1000 }] },
      settings: { firstOnly: true },
    },
    { on: 'email/received', stage: 'NEGOTIATION' },
    { on: 'email/link-clicked', stage: 'NEGOTIATION', settings: { links: 'any' } },
    { on: 'apps/webhook', stage: 'WON', settings: { code: 'paid' }, as: 'piotr@northwind.example' },
  ],
  rules: [
    {
      do: 'alerts/notify',
      stage: 'OFFER',
      time: { after: '2 days' },
      settings: { text: say.remind, recipients: ['responsible'] },
    },
    {
      do: 'alerts/notify',
      stage: 'WARM',
      id: 'tell',
      settings: { text: say.notify, recipients: ['responsible', `department:${say.departments[0]}`] },
    },
    { do: 'alerts/comment', stage: 'WARM', order: 'after previous', settings: { text: say.comment } },
    {
      do: 'alerts/notify',
      stage: 'WARM',
      time: { after: '3 days' },
      settings: { text: say.remind, recipients: ['responsible'] },
    },
    {
      do: 'flow/wait',
      stage: 'WARM',
      settings: {
        until: 'condition',
        condition: {
          any: [
            { field: 'amount', is: 'at least', value: { amount: '20000', currency: say.currency } },
            {
              all: [
                { field: 'deliveryDate', is: 'is filled' },
                { field: 'responsible', is: 'equals', value: OWNER.email },
              ],
            },
          ],
        },
        deadline: '5 days',
      },
    },
    {
      do: 'clients/email',
      stage: 'WON',
      when: { all: [{ field: 'amount', is: 'at least', value: 5000 }] },
      settings: { subject: say.thanks, text: '{{ client.name }}!' },
    },
    { do: 'alerts/notify', stage: 'LOST', enabled: false, settings: { text: say.remind, recipients: ['supervisor'] } },
  ],
});

async function write(call: Call, item: number, subject: string, html: string): Promise<void> {
  await call('POST', `/items/${item}/emails`, { subject, html, track: true });
}

async function visit(call: Call, subject: string, what: 'open' | 'reply', body: object): Promise<void> {
  const mail = await until(`the e-mail ${subject}`, async () => {
    const { data } = await call('GET', '/sandbox/mail');
    return data.find((one: { subject: string }) => one.subject === subject);
  });
  await call('POST', `/sandbox/mail/${mail.id}/${what}`, body);
}

const deals = [
  'Shelves for the library,NEW,1.234,31.01.2026,library@town.example,Jane Seller,1/5/2026 2:45 PM',
  'Counter for the bakery,Somewhere,lots,31.02.2026,bakery@town.example,Tom Helper,2/6/2026 9:10 AM',
  'Stage floor,OFFER,9900,2026-03-01,not an address,Jane Seller,11/3/2026 1:00 PM',
];

/** A call with a recording, one that was missed and returned, and one that still waits. */
async function talk(world: World, item: number): Promise<void> {
  const call = caller(world);
  const line = (await call('GET', '/channels?kind=phone-line')).data[0].id;
  for (const [provider, settings] of [
    ['twilio', { accountSid: 'AC0123456789', authToken: 'secret' }],
    ['api', {}],
    ['bitrix24', {}],
  ] as const)
    await call('POST', '/channels', {
      ...{ kind: 'phone-line', provider, name: `Line ${provider}` },
      settings: { number: '+48221234568', employees: [], ...settings },
    });
  const begin = async (body: object) => (await call('POST', '/calls', { line, number: '+48 601 234 500', ...body })).id;
  const missed = await begin({ direction: 'incoming', item });
  await call('PATCH', `/calls/${missed}`, { state: 'ended' });
  const talked = await begin({ direction: 'outgoing', item });
  await call('PATCH', `/calls/${talked}`, { state: 'answered' });
  await call('PATCH', `/calls/${talked}`, { state: 'ended', duration: 187, note: 'Oak, 14 shelves.' });
  const sound = { 'content-type': 'application/octet-stream' };
  await world.api('POST', `/api/v1/calls/${talked}/recording`, 'ID3 a recording that nobody plays', sound);
  const waiting = await begin({ direction: 'incoming', number: '+48 601 234 999', item });
  await call('PATCH', `/calls/${waiting}`, { state: 'ended' });
}

interface Files {
  readonly pipeline: number;
  readonly header: string;
  /** The headers of a file of clients, and the address of one who is here. */
  readonly clients: readonly [string, string];
}

async function bringIn(
  { api }: World,
  { pipeline, header, clients: [headers, email] }: Files,
): Promise<Pick<Company, 'draftImport' | 'doneImport' | 'clientsImport'>> {
  const upload = async (query: string, lines = [header, ...deals]) => {
    const answer = await api('POST', `/api/v1/imports?${query}`, lines.join('\n'), { 'content-type': 'text/csv' });
    if (answer.status >= 300) throw new Error(`import: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const draft = await upload(`target=deal&name=deals.csv&pipeline=${pipeline}`);
  const clients = await upload('target=contact&name=address-book.csv', [
    headers,
    `${email},+48 600 100 200,Cleopatra,Northwind Shops`,
    'new@client.example,+48 600 100 201,Nora,',
  ]);
  const done = await upload('target=lead&name=leads.csv');
  const columns = done.columns.map(({ guess }: { guess: object }) => guess);
  await api('POST', `/api/v1/imports/${done.id}/start`, {
    columns,
    stages: { NEW: '+', OFFER: '+', Somewhere: '+' },
    runRules: false,
  });
  await until('the import', async () => {
    const { body } = await api('GET', `/api/v1/imports/${done.id}`);
    return body.state === 'done';
  });
  return { draftImport: draft.id, doneImport: done.id, clientsImport: clients.id };
}
