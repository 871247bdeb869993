import { actingId } from '../../kit/definitions/acting.ts';
import { defineRule } from '../../kit/definitions/define-rule.ts';
import { person, stage } from '../../kit/settings/fields.ts';
import strings from './change-stage.strings.json' with { type: 'json' };

/** Another stage of the same pipeline; ends this visit. */
export const changeStage = defineRule({
  key: 'items/change-stage',
  icon: 'arrow-right-left',
  group: 'items',
  writesToClients: false,
  uses: ['people', 'items'],
  leaves: ['stage'],
  fields: { stage: stage(), onBehalfOf: person() },
  outputs: {},
  strings,
  example: { stage: 'WON' },
  causes: ({ stage: to }) => [{ stage: to }],
  async run(settings, { ports }) {
    await ports.items.changeStage({ stage: settings.stage, byId: await actingId(ports.people, settings.onBehalfOf) });
    return {};
  },
});
