import type { Locator } from 'playwright-core';
import { rest } from '../scenes/scene.ts';
import { partsOf, type Reader } from '../seeds/article.ts';

/** What hands do on the automation screen, in whatever language. */
export function handsOf(reader: Reader, save: string) {
  const { page, say, stage } = reader;
  const { catalogue, settings, saveBar, cardIn } = partsOf(reader);
  const stageChooser = catalogue.getByRole('combobox', { name: say('automation:catalogue.stage') });
  const search = catalogue.getByLabel(say('automation:catalogue.search'));

  const choose = async (field: Locator, ...options: readonly string[]) => {
    for (const option of options) {
      await field.click();
      await page.getByRole('option', { name: option, exact: true }).first().click();
    }
    await page.keyboard.press('Tab');
  };
  const gone = (what: Locator) => what.waitFor({ state: 'detached' });

  return {
    choose,
    /** In the open catalogue. */
    async chooseStage(code: string) {
      if ((await stageChooser.inputValue()) !== stage(code)) await choose(stageChooser, stage(code));
    },
    stageChosen: () => stageChooser.inputValue(),
    async find(name: string) {
      await search.fill(name);
      return catalogue.getByRole('button', { name: say('automation:catalogue.addNamed', { name }), exact: true });
    },
    async closeCatalogue() {
      await catalogue.getByRole('button', { name: say('automation:catalogue.close') }).click();
      await gone(catalogue);
    },
    /** By the "+" of a stage. */
    async openCatalogue(code: string) {
      const name = say('automation:board.addTo', { stage: stage(code) });
      await page.getByRole('button', { name, exact: true }).click();
      await catalogue.waitFor();
    },
    async open(code: string, name: string) {
      await cardIn(code, name).locator('button[aria-haspopup=dialog]').click();
      await settings.waitFor();
    },
    /** The pencil, the copy button, the x of a card: they show when the mouse is there. */
    async action(code: string, name: string, what: 'edit' | 'copy' | 'delete') {
      const card = cardIn(code, name);
      await card.hover();
      return card.getByRole('button', { name: say(`automation:board.${what}`, { name }), exact: true });
    },
    async saveSettings() {
      await settings.getByRole('button', { name: save, exact: true }).click();
      await gone(settings);
    },
    async closeSettings() {
      await settings.getByRole('button', { name: say('automation:settings.close') }).click();
      await gone(settings);
    },
    async savePage() {
      await saveBar.getByRole('button', { name: save, exact: true }).click();
      await gone(saveBar);
    },
    /** The fields that a trigger follows. */
    fieldsOfTrigger: () => settings.locator('[data-field="settings.fields"] input').first(),
  };
}

/** By mouse. */
export async function drag(from: Locator, to: Locator): Promise<void> {
  const { mouse } = from.page();
  await to.scrollIntoViewIfNeeded();
  // Waits until nothing lies over it any more.
  await from.hover();
  const start = await placeOf(from);
  const end = await placeOf(to);
  await mouse.down();
  await mouse.move(start.x + 30, start.y + 12, { steps: 3 });
  await mouse.move(end.x + 60, end.y + 20, { steps: 6 });
  await mouse.move(end.x + 62, end.y + 22);
  await mouse.up();
  // The browser takes a moment to end a drag before it begins another.
  await rest(from.page());
}

// One may have scrolled the other out of sight again, and a drop out there lands nowhere.
async function placeOf(what: Locator): Promise<{ x: number; y: number }> {
  const box = await what.boundingBox();
  const width = what.page().viewportSize()?.width ?? 0;
  if (box === null || box.x < 0 || box.x > width - 10)
    throw new Error('what is dragged, or where to, is not on the screen');
  return box;
}
