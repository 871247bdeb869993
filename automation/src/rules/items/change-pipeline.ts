import { actingId } from '../../kit/definitions/acting.ts';
import { defineRule } from '../../kit/definitions/define-rule.ts';
import { pipeline, stageThere } from '../../kit/settings/elsewhere.ts';
import { person } from '../../kit/settings/fields.ts';
import strings from './change-pipeline.strings.json' with { type: 'json' };

/** A stage of another pipeline of the same type; ends this visit. */
export const changePipeline = defineRule({
  key: 'items/change-pipeline',
  icon: 'git-branch',
  group: 'items',
  writesToClients: false,
  uses: ['people', 'items'],
  leaves: ['stage'],
  fields: { pipeline: pipeline('own'), stage: stageThere('own'), onBehalfOf: person() },
  outputs: {},
  strings,
  example: { pipeline: 'Service', stage: 'NEW' },
  causes: ({ pipeline: to }) => [{ pipeline: to }],
  async run({ pipeline: to, stage, onBehalfOf }, { ports }) {
    await ports.items.changePipeline({ pipeline: to, stage, byId: await actingId(ports.people, onBehalfOf) });
    return {};
  },
});
