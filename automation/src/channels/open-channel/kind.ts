import type { ChannelKindDefinition } from '../../kit/definitions/define-channel.ts';
import strings from './kind.strings.json' with { type: 'json' };
import { sandboxOpenChannel } from './sandbox.ts';

/** Where clients chat with the company. */
export const openChannel: ChannelKindDefinition = {
  kind: 'open-channel',
  icon: 'messages-square',
  strings,
  providers: [sandboxOpenChannel],
};
