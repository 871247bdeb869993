import { catalogue } from '@signalbox/automation/catalogue.ts';
import { whyUnknown } from '@signalbox/automation/kit/conditions/names.ts';
import type { TextForm } from '@signalbox/automation/kit/settings/setting.ts';
import {
  parseTemplate,
  renderTemplate,
  templateContext,
  templateNames,
} from '@signalbox/automation/kit/templates/template.ts';
import { Impossible } from '@signalbox/automation/kit/words/impossible.ts';
import { parseLanguage } from '@signalbox/automation/kit/words/languages.ts';
import { preview, previewBody } from '@signalbox/contract/automation/automation.ts';
import { z } from 'zod';
import { accessItem } from '../../access/access-item.ts';
import { hidesNamed, limitError } from '../../access/held-fields.ts';
import { nameScopeOf } from '../../crm/facts/name-scope.ts';
import { loadReference } from '../../crm/facts/workspace-facts.ts';
import { makeSeenFacts } from '../../crm/items/item-facts.ts';
import { loadItemRows } from '../../crm/items/items.store.ts';
import type { Context, Rights } from '../../platform/context.ts';
import { inWorkspace } from '../../platform/db.ts';
import { invalid, notFound } from '../../platform/errors.ts';
import { invalidAt } from '../../platform/http/field-errors.ts';
import { type Route, route } from '../../platform/http/http.ts';

/** What the settings forms need: the catalogue and the preview of a text (automation-screen.md). */
export const formRoutes = (context: Context): Route[] => [showCatalogue(), previewText(context)];

const catalogueBody = z.object({ groups: z.array(z.json()), triggers: z.array(z.json()), rules: z.array(z.json()) });

const showCatalogue = () =>
  route({
    method: 'GET',
    path: '/api/v1/catalogue',
    summary: 'Every trigger and rule with its fields, in a language',
    tag: 'Automation',
    access: 'employee',
    query: z.strictObject({ language: z.string().max(20).optional() }),
    answers: { 200: catalogueBody },
    handle: async ({ caller, query }) => ({
      status: 200,
      body: catalogue(parseLanguage(query.language ?? caller.language)),
    }),
  });

const previewText = (context: Context) =>
  route({
    method: 'POST',
    path: '/api/v1/templates/preview',
    onlyReads: true,
    summary: 'A text with its names filled in from an item, as a rule would write it now',
    tag: 'Automation',
    access: 'employee',
    body: previewBody,
    answers: { 200: preview },
    async handle({ caller, body }) {
      const { rights } = caller;
      const { item, reference } = await inWorkspace(context.databases.app, caller.workspaceId, async (tx) => {
        await accessItem(tx, caller, body.item, 'read');
        const rows = await loadItemRows(tx, [body.item], { lock: false });
        const reference = await loadReference(tx);
        return { item: (await makeSeenFacts(tx, rows, { reference, rights })).get(body.item), reference };
      });
      if (item === undefined) throw notFound(`Item ${body.item}`);

      const scope = nameScopeOf(reference, item.type);
      const problems = parseTemplate(body.text, (path) => (path[0] === 'rules' ? null : whyUnknown(path, scope)));
      if (problems.length > 0)
        throw invalid(
          problems.map(({ message, name, line, column }) => ({
            ...{ path: 'text', code: 'template', message, line, column },
            params: { line, column, ...(name === undefined ? { problem: message } : { name }) },
          })),
        );
      checkSees(body.text, item.type, rights);
      const { workspace } = reference;
      const names = templateContext({
        ...{ item, workspace },
        signal: null,
        results: {},
        now: context.clock.now().getTime(),
      });
      return { status: 200, body: { rendered: fillIn(body.text, names, body.as) } };
    },
  });

// However else a text may come to what is hidden: the facts that it is filled in from do not hold it.
function checkSees(text: string, type: string, rights: Rights): void {
  const names = templateNames(text).filter(({ path }) => hidesNamed(rights, path, type));
  if (names.length > 0)
    throw invalid(
      names.map(({ path, line, column }) => ({ path: 'text', line, column, ...limitError('hidden', path.join('.')) })),
    );
}

function fillIn(text: string, names: ReturnType<typeof templateContext>, as: TextForm): string {
  try {
    return renderTemplate(text, names, { as });
  } catch (error) {
    if (error instanceof Impossible) throw invalidAt('text', 'template', error.message);
    throw error;
  }
}
