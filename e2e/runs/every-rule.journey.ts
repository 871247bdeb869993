import type { RuleDefinition } from '@signalbox/automation/kit/definitions/define-rule.ts';
import { rules } from '@signalbox/automation/rules/index.ts';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pictureFailures } from '../hands/failure-pictures.ts';
import { handsOf } from '../hands/hands.ts';
import { openArticle, partsOf, type Reader, signInTo } from '../seeds/article.ts';

const STAGE = 'NEW';
/** Where rules send items, and where the board is taken to. */
const [ELSEWHERE, COPY] = ['Atendimento', 'Cópia'];

const standsOnBoardsOf = (type: string) =>
  rules.filter(({ only }) => (type === 'deal' ? only === null : only?.includes(type)));

let reader: Reader;
pictureFailures(() => ({ page: reader?.page }));
beforeAll(async () => {
  reader = await openArticle('rules', 'pt');
  await signInTo(reader);
});
afterAll(() => reader?.close());

// What stands on boards of deals is tried there, what is for other types alone on theirs: a rule that is new comes along by itself.
describe.each(['deal', 'lead'])(
  'every rule of the catalogue, by mouse, in Portuguese: boards of the type %s',
  (type) => {
    const listed = standsOnBoardsOf(type);
    let board: Reader;
    let copy: number;
    const page = () => board.page;
    const hands = () => handsOf(board, board.say('common.save'));
    const menu = async (button: string, entry: string) => {
      await page()
        .getByRole('button', { name: board.say(button), exact: true })
        .click();
      await page()
        .getByRole('menuitem', { name: board.say(entry), exact: true })
        .click();
    };
    const saved = (id: number) => board.call('GET', `/automation/${type}/${id}`);

    beforeAll(async () => {
      const { data } = await reader.call('GET', `/pipelines?type=${type}`);
      const [own] = data;
      const stages = own.stages.map(({ code, name, kind }: Record<string, string>) => ({ code, name, kind }));
      await reader.call('POST', '/pipelines', { type, name: ELSEWHERE, stages });
      copy = (await reader.call('POST', '/pipelines', { type, name: COPY, stages })).id;
      const stage = (wanted: string) => stages.find(({ code }: { code: string }) => code === wanted).name;
      board = { ...reader, pipeline: own.id, stage };
      await page().goto(`/automation/${type}/${own.id}`);
      await partsOf(board).rules(STAGE).waitFor();
    });

    it.each(listed)('$key: its form says everything in Portuguese, is filled in and saved', async (rule) => {
      const { name, fields } = rule.strings.pt;
      await hands().openCatalogue(STAGE);
      await (await hands().find(name)).click();
      const { settings } = partsOf(board);
      await settings.waitFor();
      for (const [field, { label }] of Object.entries(fields)) {
        const part = settings.locator(`[data-field="settings.${field}"]`);
        // One that is only for other choices has nothing yet.
        const shown = (await part.count()) > 0 ? await part.innerText() : '';
        if (shown !== '') expect(shown).toContain(label);
      }
      for (const field of toFill(rule)) await fillIn(settings.locator(`[data-field="settings.${field}"]`), rule, field);
      const blank = rule.parse({});
      if (blank.ok && rule.needsTime(blank.settings))
        await choose(settings.locator('[data-field=time]'), board.say('automation:time.kinds.after'));
      await board.picture(rule.key.replace('/', '-'));
      await hands().saveSettings();
      await partsOf(board)
        .rules(STAGE)
        .locator('[data-uid]:not([data-fresh])')
        .filter({ hasText: name })
        .first()
        .waitFor();
    });

    it('all of them stand on the saved board', async () => {
      await hands().savePage();
      const { rules: kept } = await saved(board.pipeline);
      const keys = kept.map((rule: { do: string }) => rule.do);
      expect(keys).toEqual(expect.arrayContaining(listed.map(({ key }) => key)));
    });

    it('the board goes out as a file, and into another pipeline', async () => {
      const [download] = await Promise.all([
        page().waitForEvent('download'),
        menu('automation:file.menu', 'automation:file.export.yaml'),
      ]);
      const parts: Buffer[] = [];
      for await (const part of await download.createReadStream()) parts.push(Buffer.from(part));
      await page().goto(`/automation/${type}/${copy}`);
      await menu('automation:file.menu', 'automation:file.import');
      const [chooser] = await Promise.all([
        page().waitForEvent('filechooser'),
        page()
          .getByRole('button', { name: board.say('automation:file.choose'), exact: true })
          .click(),
      ]);
      await chooser.setFiles({
        name: download.suggestedFilename(),
        mimeType: 'text/yaml',
        buffer: Buffer.concat(parts),
      });
      await page()
        .getByRole('button', { name: board.say('automation:file.take'), exact: true })
        .click();
      await hands().savePage();
      const [from, to] = [await saved(board.pipeline), await saved(copy)];
      const told = ({ rules: all }: { rules: { do: string; settings: object }[] }) =>
        all.map((rule) => ({ do: rule.do, settings: rule.settings }));
      expect(told(to)).toEqual(told(from));
    });

    it('and is rehearsed there, with every card', async () => {
      await menu('rehearsal:menu', 'rehearsal:rehearse.title');
      const dialog = page().getByRole('dialog');
      await dialog.getByRole('button', { name: board.say('rehearsal:rehearse.start'), exact: true }).click();
      await dialog.getByText(board.say('rehearsal:figures.moves'), { exact: true }).waitFor();
      expect(await dialog.getByText(board.say('rehearsal:found.leftOutText')).count()).toBe(0);
    });

    /** What has to be filled in, and of the rule's own example every text, other choice and condition. */
    function toFill({ fields, example }: RuleDefinition): string[] {
      return Object.entries(fields).flatMap(([name, field]) => {
        const given = example[name];
        const isTold = exampled.includes(field.control) && given !== undefined && given !== field.default;
        return field.required || isTold ? name : [];
      });
    }

    async function fillIn(part: Locator, rule: RuleDefinition, name: string): Promise<void> {
      const control = rule.fields[name]?.control ?? 'text';
      const fill = fillers[control];
      if (fill === undefined) throw new Error(`${rule.key}: nobody here knows how to fill in ${name}, a ${control}`);
      const given = String(rule.example[name] ?? '');
      await fill(part, rule.strings.pt.fields[name]?.choices?.[given] ?? given);
    }

    const typeIn = (field: Locator, text: string) =>
      field.locator('textarea, input:not([type=hidden])').last().fill(text);
    const choose = async (part: Locator, option?: string, at = 0) => {
      await part.getByRole('combobox').or(part.locator('input:not([type=hidden])')).nth(at).click();
      const options = page().getByRole('option');
      await (option === undefined ? options : options.filter({ hasText: option })).first().click();
      await page().keyboard.press('Tab');
    };
    const exampled: readonly string[] = ['text', 'longText', 'choice', 'condition'];
    const fillers: Readonly<Record<string, (part: Locator, text: string) => Promise<void>>> = {
      choice: (part, text) => choose(part, text),
      async condition(part) {
        await part.getByRole('button', { name: board.say('automation:condition.add') }).click();
        const asked = [['field'], ['operator', board.say('automation:condition.operators.filled')]] as const;
        for (const [name, option] of asked) {
          await part.getByRole('combobox', { name: board.say(`automation:condition.${name}`), exact: true }).click();
          const options = page().getByRole('option');
          await (option === undefined ? options.first() : options.filter({ hasText: option }).first()).click();
        }
      },
      text: typeIn,
      longText: typeIn,
      people: (field) => choose(field),
      person: (field) => choose(field),
      stage: (field) => choose(field, board.stage('WON')),
      itemType: (field) => choose(field),
      pipeline: (field) => choose(field, ELSEWHERE),
      fieldChanges: (field) => typeIn(field, 'Oi'),
      async clientChanges(field) {
        await choose(field);
        await typeIn(field, 'Oi');
      },
    };
  },
);
