import type { ChannelKind } from '@signalbox/contract/channels/channels.ts';
import { z } from 'zod';

type Control = 'text' | 'email' | 'number' | 'toggle' | 'choice' | 'secret' | 'person';

/** One setting said once: its check, its form control, its default. */
export interface ChannelSetting {
  readonly code: string;
  readonly control: Control;
  readonly required: boolean;
  readonly default: string | number | boolean | null;
  readonly options: readonly string[];
  readonly schema: z.ZodType;
}

interface Extra {
  readonly required?: boolean;
  readonly default?: string | number | boolean | null;
  readonly options?: readonly string[];
}

const text = z.string().trim().max(500);
const schemas: Readonly<Record<Exclude<Control, 'choice'>, z.ZodType>> = {
  text,
  secret: text,
  email: z.email('Must be an e-mail address').max(320).toLowerCase(),
  number: z.number(),
  toggle: z.boolean(),
  person: z.int().positive(),
};

function setting(code: string, control: Exclude<Control, 'choice'>, extra: Extra = {}): ChannelSetting {
  const { required = false, options = [] } = extra;
  return { code, control, required, default: extra.default ?? null, options, schema: schemas[control] };
}

function choice(code: string, options: readonly [string, ...string[]], byDefault: string): ChannelSetting {
  return { code, control: 'choice', required: false, default: byDefault, options, schema: z.enum(options) };
}

/** How a channel's signals find their item when only the client is known (semantics.md 2.2, 2.4). */
function ties(byDefault: 'latest' | 'all'): ChannelSetting[] {
  return [
    choice('tie', ['latest', 'all'], byDefault),
    setting('closedItemsToo', 'toggle', { default: false }),
    choice('unknownClient', ['create lead', 'create deal', 'ignore'], 'create lead'),
    setting('responsible', 'person'),
  ];
}

const mailbox = [setting('address', 'email', { required: true }), setting('senderName', 'text'), ...ties('latest')];
const smtp = [
  setting('smtpHost', 'text'),
  setting('smtpPort', 'number', { default: 587 }),
  choice('smtpSecurity', ['starttls', 'tls', 'none'], 'starttls'),
  setting('smtpUser', 'text'),
  setting('smtpPassword', 'secret'),
];

/** By kind and provider; `smtp` without a host sends through SMTP_URL. */
export const channelKinds: Readonly<Record<ChannelKind, Readonly<Record<string, readonly ChannelSetting[]>>>> = {
  mailbox: { sandbox: mailbox, smtp: [...mailbox, ...smtp] },
  'phone-line': { sandbox: [setting('number', 'text'), ...ties('all')] },
  'open-channel': { sandbox: ties('all') },
  'sms-provider': { sandbox: [setting('sender', 'text')] },
  'payment-provider': { sandbox: [] },
};

export function settingsOf(kind: ChannelKind, provider: string): readonly ChannelSetting[] | undefined {
  const providers = channelKinds[kind];
  return Object.hasOwn(providers, provider) ? providers[provider] : undefined;
}
