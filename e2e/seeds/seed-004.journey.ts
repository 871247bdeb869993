import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pictureFailures } from '../hands/failure-pictures.ts';
import { handsOf } from '../hands/hands.ts';
import { until } from '../hands/until.ts';
import { makeDeal, openArticle, partsOf, type Reader, type ReadIn, signInTo, standsOn } from './article.ts';
import { wordsOf } from './seed-004.words.ts';

const INTO = 'WARM';
const OTHER = 'NEGOTIATION';

let reader: Reader;
pictureFailures(() => ({ page: reader?.page }));

// Each test is a step of the article; `wordsOf` holds its own words.
describe.each(['it', 'pt'] satisfies ReadIn[])('article 004, add and set up triggers, read in %s', (language) => {
  const words = wordsOf[language];
  const parts = () => partsOf(reader);
  const hands = () => handsOf(reader, words.save);
  const page = () => reader.page;
  const yellow = () => parts().triggers(INTO).locator('[data-fresh]');

  beforeAll(async () => {
    reader = await openArticle('004', language);
    await reader.call('POST', '/users', {
      name: 'Bruno Rossi',
      email: 'bruno@northwind.example',
      password: 'correct horse battery',
    });
    await signInTo(reader);
  });
  afterAll(() => reader?.close());

  it('in the CRM, choose the entity, and press Automation', async () => {
    await page().getByRole('navigation').getByRole('link', { name: words.crm, exact: true }).first().click();
    await page().getByRole('main').getByRole('link', { name: words.automation, exact: true }).click();
    await page().getByRole('heading', { name: words.automation, exact: true }).waitFor();
    await reader.picture('empty-board');
  });

  it('press Create, choose the stage', async () => {
    await page().getByRole('button', { name: words.create, exact: true }).click();
    await reader.picture('create');
    await page().getByRole('menuitem', { name: words.createRule, exact: true }).click();
    await parts().catalogue.waitFor();
    await hands().chooseStage(INTO);
    expect(await hands().stageChosen()).toBe(reader.stage(INTO));
  });

  it('press Filter, choose Trigger: the triggers show, by what they are for', async () => {
    await parts().catalogue.getByRole('button', { name: words.filter, exact: true }).click();
    await page().getByRole('menuitemradio', { name: words.onlyTriggers, exact: true }).click();
    for (const group of words.groups) await parts().catalogue.getByRole('button', { name: group }).waitFor();
    expect(await parts().catalogue.locator('li[data-lane=rule]').count()).toBe(0);
    await reader.picture('filter');
  });

  it('with Ctrl held, Add adds several; they are yellow, and the catalogue stays open', async () => {
    for (const name of [words.fieldChanged, words.linkClicked]) {
      const add = await hands().find(name);
      expect(await add.innerText()).toBe(words.add);
      await add.click({ modifiers: ['Control'] });
    }
    await parts()
      .catalogue.getByText(reader.say('automation:catalogue.added_other', { count: 2 }))
      .waitFor();
    await hands().closeCatalogue();
    expect(await yellow().count()).toBe(2);
    await reader.picture('yellow');
  });

  it('a yellow one that lacks a setting stops the save, and the error leads to its field', async () => {
    await parts().saveBar.getByRole('button', { name: words.save, exact: true }).click();
    const refused = page().getByRole('alert').filter({ hasText: words.fieldChanged });
    await reader.picture('refused');
    await refused.getByRole('button', { name: words.fieldChanged }).click();
    await hands().fieldsOfTrigger().and(page().locator(':focus')).waitFor();
  });

  it('the trigger for changed values wants the fields that it follows', async () => {
    const wanting = parts().settings.getByText(reader.say('automation:problems.required'));
    await wanting.waitFor();
    await hands().choose(hands().fieldsOfTrigger(), words.amount);
    await wanting.waitFor({ state: 'detached' });
  });

  it('Condition: only for certain items', async () => {
    const condition = parts().settings.locator('[data-field=when]');
    await condition.getByText(words.condition, { exact: true }).first().waitFor();
    await condition.getByRole('button', { name: reader.say('automation:condition.add') }).click();
    await hands().choose(
      condition.getByRole('combobox', { name: reader.say('automation:condition.field') }),
      words.title,
    );
    await hands().choose(
      condition.getByRole('combobox', { name: reader.say('automation:condition.operator') }),
      reader.say('automation:condition.operators.contains'),
    );
    await condition.getByLabel(reader.say('automation:condition.value')).fill('ricorrente');
    await reader.picture('condition');
  });

  it('Trigger name, Change stage as, Allow moving back', async () => {
    const { settings } = parts();
    await settings.getByLabel(words.name).fill('Importo cambiato');
    await hands().choose(settings.getByRole('combobox', { name: words.as }), 'Bruno Rossi');
    await settings.getByRole('switch', { name: words.allowBack }).click();
    await reader.picture('common-settings');
    await hands().saveSettings();
    await parts().cardIn(INTO, 'Importo cambiato').waitFor();
    expect(await yellow().count()).toBe(1);
  });

  it('each is set up on its own; then Save in the panel, and Save on the page', async () => {
    await hands().open(INTO, words.linkClicked);
    await parts()
      .settings.getByPlaceholder(/^https/)
      .first()
      .fill('https://northwind.example/*');
    await hands().saveSettings();
    expect(await yellow().count()).toBe(0);
    await hands().savePage();
    await page().reload();
    await parts().cardIn(INTO, 'Importo cambiato').waitFor();
    await parts().cardIn(INTO, words.linkClicked).waitFor();
    await reader.picture('saved');
  });

  it('works for the items that meet the condition alone', async () => {
    const plain = await makeDeal(reader, 'Banco di quercia');
    await reader.call('PATCH', `/items/${plain}`, { amount: '50' });
    await until('a verdict', async () => {
      const { data } = await reader.call('GET', `/items/${plain}/signals`);
      return data[0]?.verdicts.some(({ verdict }: { verdict: string }) => verdict === 'condition');
    });
    expect((await reader.call('GET', `/items/${plain}`)).stage).toBe('NEW');
  });

  it('moves the item back from the last stage, in the name of the one chosen', async () => {
    const item = await makeDeal(reader, 'Ordine ricorrente', { stage: 'WON' });
    await reader.call('PATCH', `/items/${item}`, { amount: '75' });
    await standsOn(reader, item, INTO);
    const { data } = await reader.call('GET', `/items/${item}/timeline`);
    const moved = data.find(({ kind, trigger }: { kind: string; trigger: unknown }) => kind === 'moved' && trigger);
    expect(moved.by.name).toBe('Bruno Rossi');

    await page().goto(`/board/deal/${reader.pipeline}/items/${item}`);
    const timeline = page().getByRole('dialog').locator('ol');
    await timeline.getByText('Bruno Rossi').first().waitFor();
    await timeline.getByText('Importo cambiato').first().waitFor();
    await reader.picture('timeline');
  });

  it('“why?” leads to the signal, lit up', async () => {
    await page()
      .getByRole('link', { name: reader.say('timeline.why') })
      .first()
      .click();
    await page().locator('[aria-current=true]').getByText('Importo cambiato').first().waitFor();
    await reader.picture('why');
  });

  it('Edit changes the settings, Copy doubles the trigger for another stage, Delete (x) takes it away', async () => {
    await page().goto(`/automation/deal/${reader.pipeline}`);
    await (await hands().action(INTO, 'Importo cambiato', 'edit')).click();
    await parts().settings.getByLabel(words.name).fill('Importo nuovo');
    await hands().saveSettings();

    const copy = await hands().action(INTO, 'Importo nuovo', 'copy');
    expect(await copy.getAttribute('title')).toBe(words.copy);
    await copy.click();
    const dialog = page().getByRole('dialog');
    await hands().choose(
      dialog.getByRole('combobox', { name: reader.say('automation:copy.stage') }),
      reader.stage(OTHER),
    );
    await dialog.getByRole('button', { name: words.copy, exact: true }).click();
    await parts().cardIn(OTHER, 'Importo nuovo').waitFor();

    const gone = await hands().action(INTO, 'Importo nuovo', 'delete');
    expect(await gone.getAttribute('title')).toBe(words.remove);
    await gone.click();
    await expect.poll(() => parts().cardIn(INTO, 'Importo nuovo').count()).toBe(0);
    await reader.picture('changed');
  });

  it('after all changes, Save: from now on the copy moves', async () => {
    await hands().savePage();
    const item = await makeDeal(reader, 'Altro ricorrente');
    await reader.call('PATCH', `/items/${item}`, { amount: '90' });
    await standsOn(reader, item, OTHER);
  });
});
