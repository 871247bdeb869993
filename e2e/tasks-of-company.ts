type Call = (method: string, path: string, body?: unknown) => ReturnType<typeof JSON.parse>;

const words = {
  en: {
    call: 'Call about the oak',
    measure: 'Measure the shop',
    drawings: 'Finish the drawings',
    steps: ['Front and sides', 'Hinges', 'Colours of the varnish'],
    describe: 'They want to see the counter from three sides.\nThe wood is oak, oiled.',
    note: 'The front is ready, the sides follow tomorrow.',
    price: 'Price for the varnish',
    report: 'Count the stock',
    visit: 'Visit the workshop together',
    order: 'Order hinges',
    photos: 'Photographs of the last shop',
  },
  pl: {
    call: 'Zadzwonić w sprawie dębu',
    measure: 'Pomierzyć sklep',
    drawings: 'Skończyć rysunki',
    steps: ['Przód i boki', 'Zawiasy', 'Kolory lakieru'],
    describe: 'Chcą zobaczyć ladę z trzech stron.\nDrewno: dąb olejowany.',
    note: 'Przód gotowy, boki będą jutro.',
    price: 'Wycenić lakier',
    report: 'Policzyć zapasy',
    visit: 'Wspólna wizyta w warsztacie',
    order: 'Zamówić zawiasy',
    photos: 'Zdjęcia poprzedniego sklepu',
  },
} as const;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const fromNow = (ms: number) => new Date(Date.now() + ms).toISOString();

/** Tasks of every status on every day; the id of one with everything in it. */
export async function giveTasks(call: Call, language: keyof typeof words, item: number): Promise<number> {
  const say = words[language];
  const piotr = 'piotr@northwind.example';
  const add = async (body: object) => (await call('POST', '/tasks', body)).id;
  await add({ title: say.call, kind: 'call', item, deadline: fromNow(-2 * DAY_MS) });
  await add({ title: say.measure, deadline: fromNow(HOUR_MS / 60) });
  await add({ title: say.price, deadline: fromNow(DAY_MS), observers: ['maria@northwind.example'] });
  await add({ title: say.visit, kind: 'meeting', item, responsible: piotr, deadline: fromNow(3 * DAY_MS) });
  await add({ title: say.report, repeat: { every: 'week', weekdays: [1, 5] }, deadline: fromNow(9 * DAY_MS) });
  await add({ title: say.order, status: 'deferred' });
  await add({ title: say.photos, responsible: piotr, needsAcceptance: true, status: 'supposedly-completed' });
  const task = await add({
    ...{ title: say.drawings, description: say.describe, item, status: 'in-progress', deadline: fromNow(2 * DAY_MS) },
    reminder: { minutes: 60 },
    repeat: { every: 'month', day: 15 },
    observers: [piotr],
    checklist: say.steps.map((text, place) => ({ text, done: place === 0 })),
  });
  await add({ title: say.order, parent: task, item, status: 'completed' });
  await call('POST', `/tasks/${task}/comments`, { text: say.note });
  return task;
}
