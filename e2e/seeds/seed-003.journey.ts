import { groupNames } from '@signalbox/automation/kit/settings/groups.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pictureFailures } from '../hands/failure-pictures.ts';
import { drag, handsOf } from '../hands/hands.ts';
import { until } from '../hands/until.ts';
import { makeDeal, openArticle, partsOf, type Reader, type ReadIn, signInTo, standsOn } from './article.ts';
import { namedTriggers, wordsOf } from './seed-003.words.ts';

const PAID = 'INVOICE';
const DELIVERY = 'CONTACT';

let reader: Reader;
pictureFailures(() => ({ page: reader?.page }));

// Each test is a sentence of the article; `wordsOf` holds its own words.
describe.each(['pt', 'it'] satisfies ReadIn[])('article 003, CRM triggers, read in %s', (language) => {
  const words = wordsOf[language];
  const parts = () => partsOf(reader);
  const hands = () => handsOf(reader, words.save);
  const { page, say, stage } = deferred();

  beforeAll(async () => {
    reader = await openArticle('003', language);
    await signInTo(reader);
  });
  afterAll(() => reader?.close());

  it('triggers can be set up for leads, deals, quotes, invoices and smart processes, each from its board', async () => {
    const process = await reader.call('POST', '/item-types', { name: words.process, plural: words.process });
    for (const type of ['lead', 'quote', 'invoice', process.code, 'deal']) {
      await page().goto(`/board/${type}`);
      await page().getByRole('main').getByRole('link', { name: words.automation, exact: true }).click();
      await page().waitForURL(`**/automation/${type}/*`);
      await page().getByRole('heading', { name: words.automation, exact: true }).waitFor();
    }
  });

  it('… or from the list', async () => {
    await page().goto(`/list/deal/${reader.pipeline}`);
    await page().getByRole('main').getByRole('link', { name: words.automation, exact: true }).click();
    await page().waitForURL('**/automation/deal/*');
    await page().getByRole('heading', { name: words.automation, exact: true }).waitFor();
    await reader.picture('automation');
  });

  it('“+” on the stage opens the triggers for that stage', async () => {
    await hands().openCatalogue(PAID);
    expect(await hands().stageChosen()).toBe(stage(PAID));
    await hands().closeCatalogue();
  });

  it('… as does Create > Create trigger, which shows triggers alone, in groups', async () => {
    await page().getByRole('button', { name: words.create, exact: true }).click();
    await page().getByRole('menuitem', { name: words.createTrigger, exact: true }).click();
    await parts().catalogue.waitFor();
    const groups = parts().catalogue.getByRole('navigation');
    for (const group of words.groups) await groups.getByRole('button', { name: group }).waitFor();
    expect(await groups.getByRole('button', { name: groupNames[language].rules.alerts }).count()).toBe(0);
    await reader.picture('catalogue');
  });

  it.each(namedTriggers)('finds and adds $key by the name that the article gives it', async ({ key, names }) => {
    await hands().chooseStage(PAID);
    await (await hands().find(names[language])).click({ modifiers: ['Control'] });
    expect(await yellow(PAID).filter({ hasText: names[language] }).count(), key).toBeGreaterThan(0);
  });

  it('the added ones are yellow; what must be chosen has to be chosen before they can be saved', async () => {
    await parts()
      .catalogue.getByRole('button', { name: say('automation:catalogue.close') })
      .click();
    await reader.picture('yellow');
    expect(await yellow(PAID).count()).toBe(namedTriggers.length);
    await parts().saveBar.getByRole('button', { name: words.save, exact: true }).click();
    const refused = page()
      .getByRole('alert')
      .filter({ hasText: names('crm/field-changed') });
    await refused.getByRole('button', { name: names('crm/field-changed') }).click();
    await parts().settings.waitFor();
  });

  it('“do not forget to select the fields that the trigger follows”', async () => {
    await hands().choose(hands().fieldsOfTrigger(), words.amount);
    await hands().saveSettings();
  });

  it('“do not forget to give the link”, and the app its code', async () => {
    await hands().open(PAID, names('email/link-clicked'));
    await parts()
      .settings.getByPlaceholder(/^https/)
      .first()
      .fill('https://northwind.example/*');
    await reader.picture('link');
    await hands().saveSettings();
    await hands().open(PAID, names('apps/app'));
    await parts().settings.locator('[data-field="settings.code"] input').fill('from-the-shop');
    await hands().saveSettings();
  });

  it('each of the others is ready as it is: all lines, forms, channels, templates, statuses at once', async () => {
    for (const { names: called } of namedTriggers) {
      const card = yellow(PAID).filter({ has: page().getByText(called[language], { exact: true }) });
      if ((await card.count()) === 0) continue;
      await card.first().locator('button[aria-haspopup=dialog]').click();
      await hands().saveSettings();
    }
    expect(await yellow(PAID).count()).toBe(0);
    await hands().savePage();
    await page().reload();
    await parts().triggers(PAID).locator('[data-uid]').first().waitFor();
    expect(await parts().triggers(PAID).locator('[data-uid]').count()).toBe(namedTriggers.length);
    await reader.picture('saved');
  });

  it.each(namedTriggers.filter(({ signal }) => signal !== null))('$key moves the item to its stage', async (named) => {
    const item = await makeDeal(reader, named.key);
    const { kind, payload } = named.signal ?? { kind: '', payload: {} };
    await reader.call('POST', '/signals', { kind, item, payload: await filledIn(payload) });
    await standsOn(reader, item, PAID);
  });

  it('a change of the field or of the responsible moves it, when a person makes it', async () => {
    const changed = await makeDeal(reader, 'amount', { amount: '10' });
    await reader.call('PATCH', `/items/${changed}`, { amount: '20' });
    await standsOn(reader, changed, PAID);
    const given = await makeDeal(reader, 'given');
    const ben = await reader.call('POST', '/users', {
      name: 'Ben Carter',
      email: 'ben@northwind.example',
      password: 'correct horse battery',
    });
    await reader.call('PATCH', `/items/${given}`, { responsible: ben.id });
    await standsOn(reader, given, PAID);
  });

  it('the webhook is called at the address that its settings show', async () => {
    await hands().open(PAID, names('apps/webhook'));
    await parts()
      .settings.getByRole('button', { name: say('automation:controls.makeAddress') })
      .click();
    const shown = parts()
      .settings.getByText(/\/rest\/\d+\/\w+/)
      .first();
    const address = await shown.innerText();
    await reader.picture('webhook');
    const item = await makeDeal(reader, 'by webhook');
    const url = /https?:\S+/.exec(address)?.[0] ?? '';
    const answer = await fetch(url.replace(/target=[^&]*/, `target=DEAL_${item}`), { method: 'POST' });
    expect(answer.status, url).toBe(200);
    await standsOn(reader, item, PAID);
    await hands().closeSettings();
  });

  it('copies by the button: the copy stands on the stage that was chosen, with the settings', async () => {
    await (await hands().action(PAID, names('email/link-clicked'), 'copy')).click();
    const dialog = page().getByRole('dialog');
    await hands().choose(dialog.getByRole('combobox', { name: say('automation:copy.stage') }), stage('WON'));
    await reader.picture('copy');
    await dialog.getByRole('button', { name: say('automation:copy.copyButton'), exact: true }).click();
    await parts().cardIn('WON', names('email/link-clicked')).getByText('https://northwind.example/*').waitFor();
    expect(await parts().cardIn(PAID, names('email/link-clicked')).count()).toBe(1);
  });

  it('moves by dragging with the mouse', async () => {
    const card = parts().cardIn('WON', names('email/link-clicked'));
    await drag(card.locator('[data-handle]'), parts().triggers('NEGOTIATION'));
    await parts().cardIn('NEGOTIATION', names('email/link-clicked')).waitFor();
    expect(await card.count()).toBe(0);
  });

  it('keeps the switch under the mouse when the other buttons of the card appear', async () => {
    const card = parts().cardIn('NEGOTIATION', names('email/link-clicked'));
    const place = () => card.getByRole('switch').boundingBox();
    await page().mouse.move(0, 0);
    const before = await place();
    await card.hover();
    expect(await place()).toEqual(before);
  });

  it('copies by dragging with Ctrl held, also right after another drag', async () => {
    const card = parts().cardIn('NEGOTIATION', names('email/link-clicked'));
    const [near, far] = [parts().triggers('WARM'), parts().triggers('OFFER')];
    await page().keyboard.down('Control');
    await drag(card.locator('[data-handle]'), near);
    await drag(card.locator('[data-handle]'), far);
    await page().keyboard.up('Control');
    for (const code of ['NEGOTIATION', 'WARM', 'OFFER'])
      await parts().cardIn(code, names('email/link-clicked')).waitFor();
    await page().keyboard.press('Control+z');
    await page().keyboard.press('Control+z');
    for (const code of ['WARM', 'OFFER'])
      await parts().cardIn(code, names('email/link-clicked')).waitFor({ state: 'detached' });
    expect(await card.count()).toBe(1);
  });

  it('“x” removes, and Ctrl+Z brings back', async () => {
    const card = parts().cardIn('NEGOTIATION', names('email/link-clicked'));
    await (await hands().action('NEGOTIATION', names('email/link-clicked'), 'delete')).click();
    await card.waitFor({ state: 'detached' });
    await page().keyboard.press('Control+z');
    await card.waitFor();
    await (await hands().action('NEGOTIATION', names('email/link-clicked'), 'delete')).click();
    await card.waitFor({ state: 'detached' });
  });

  it('every trigger has the option to move back to an earlier stage, off at first', async () => {
    const item = await makeDeal(reader, 'far ahead', { stage: 'WON' });
    await reader.call('POST', '/signals', { kind: 'call.missed', item });
    await until('a verdict', async () => {
      const { data } = await reader.call('GET', `/items/${item}/signals`);
      return data[0]?.verdicts.some(({ verdict }: { verdict: string }) => verdict === 'would-move-back');
    });
    await hands().open(PAID, names('telephony/missed-call'));
    await parts().settings.getByRole('switch', { name: words.allowBack }).click();
    await reader.picture('move-back');
    await hands().saveSettings();
    await hands().savePage();
    await reader.call('POST', '/signals', { kind: 'call.missed', item });
    await standsOn(reader, item, PAID);
  });

  it('example: the delivery field changes, the deal goes to its stage, and the one responsible is told', async () => {
    await reader.call('POST', '/fields', { type: 'deal', code: 'delivery', name: words.delivery, kind: 'text' });
    await page().reload();
    await add(DELIVERY, names('crm/field-changed'));
    await hands().choose(hands().fieldsOfTrigger(), words.delivery);
    await hands().saveSettings();
    await add(DELIVERY, words.notify);
    await parts().settings.locator('[data-field="settings.text"] textarea').fill('{{ item.title }}!');
    await hands().saveSettings();
    await hands().savePage();
    await reader.picture('delivery');
    const item = await makeDeal(reader, `Oak ${language}`);
    await reader.call('PATCH', `/items/${item}`, { fields: { delivery: 'Friday' } });
    await standsOn(reader, item, DELIVERY);
    await page()
      .getByRole('button', { name: new RegExp(`^${say('bell.title')}`) })
      .click();
    await page()
      .getByRole('button', { name: `Oak ${language}!` })
      .waitFor();
    await reader.picture('told');
  });

  const names = (key: string) => namedTriggers.find((one) => one.key === key)?.names[language] ?? key;
  const yellow = (code: string) => parts().triggers(code).locator('[data-fresh]');

  async function add(code: string, name: string): Promise<void> {
    await hands().openCatalogue(code);
    await (await hands().find(name)).click();
    await parts().settings.waitFor();
  }

  /** A payload with the code that the card was given. */
  async function filledIn(payload: object): Promise<object> {
    if (!('code' in payload) || payload.code !== 'webhook') return payload;
    const { triggers } = await reader.call('GET', `/automation/deal/${reader.pipeline}`);
    return { code: triggers.find(({ on }: { on: string }) => on === 'apps/webhook').settings.code };
  }
});

/** What belongs to the reader of the moment. */
function deferred() {
  return {
    page: () => reader.page,
    say: (key: string, values?: Readonly<Record<string, string>>) => reader.say(key, values),
    stage: (code: string) => reader.stage(code),
  };
}
