import { providersOf } from '@signalbox/automation/channels/index.ts';
import { reasonText } from '@signalbox/automation/kit/words/reasons.ts';
import {
  type Channel,
  channel,
  channelBody,
  channelKind,
  channelKinds as channelKindsSchema,
  channelPatch,
  channels,
  channelsQuery,
  channelUse,
} from '@signalbox/contract/channels/channels.ts';
import { idParams } from '@signalbox/contract/common.ts';
import type { Context } from '../platform/context.ts';
import { inWorkspace, type Tx } from '../platform/db.ts';
import { conflict, notFound } from '../platform/errors.ts';
import { type Route, route } from '../platform/http/http.ts';
import { pageOf, parseIdCursor } from '../platform/http/paging.ts';
import { announce } from '../platform/realtime.ts';
import { sealGiven } from './channel-secrets.ts';
import {
  type CheckedSettings,
  checkChannelSettings,
  checkSecretsGivenAgain,
  describeSettings,
} from './channel-settings.ts';
import { findChannelUse, whyNeeded } from './channel-use.ts';
import {
  deleteChannel,
  findChannel,
  findMailbox,
  insertChannel,
  listChannels,
  type StoredChannel,
  updateChannel,
} from './channels.store.ts';
import { checkDomain } from './check-domain.ts';
import { endPause, type FailingChannel, listPaused } from './failing-channels.store.ts';
import { recordChannel } from './record-channel.ts';

const tag = 'Channels';

export const channelRoutes = (context: Context): Route[] => [...readRoutes(context), ...writeRoutes(context), remove()];

const readRoutes = ({ databases }: Context): Route[] => [
  route({
    method: 'GET',
    path: '/api/v1/channels',
    summary: 'The channels of the workspace',
    tag,
    access: 'employee',
    query: channelsQuery,
    answers: { 200: channels },
    handle: async ({ caller, query: { kind, cursor, limit } }) => {
      const after = parseIdCursor(cursor);
      const body = await inWorkspace(databases.app, caller.workspaceId, async (tx) => {
        const rows = await listChannels(tx, { kind, after, limit: limit + 1 });
        const paused = new Map((await listPaused(tx)).map((failing) => [failing.channelId, failing]));
        const show = (row: StoredChannel) => present(row, paused.get(row.id));
        return pageOf(rows, limit, { show, cursor: ({ id }) => [id] });
      });
      return { status: 200, body };
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/channels/kinds',
    summary: 'The kinds of channels and their settings',
    tag,
    access: 'employee',
    answers: { 200: channelKindsSchema },
    handle: async () => ({ status: 200, body: { data: describeKinds() } }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/channels/:id/use',
    summary: 'What needs a channel: the automation that names it, and the messages that wait to leave through it',
    tag,
    access: 'employee',
    params: idParams,
    answers: { 200: channelUse },
    handle: async ({ caller, params }) => {
      const body = await inWorkspace(databases.app, caller.workspaceId, async (tx) =>
        findChannelUse(tx, await getChannel(tx, params.id)),
      );
      return { status: 200, body };
    },
  }),
];

const writeRoutes = ({ clock, config }: Context): Route[] => [
  route({
    method: 'POST',
    path: '/api/v1/channels',
    summary: 'Connect a channel',
    tag,
    access: 'settings',
    body: channelBody,
    answers: { 201: channel },
    handle: ({ caller, body, write }) =>
      write(async (tx) => {
        const parsed = checkChannelSettings(body);
        const secrets = sealGiven(config, { ...caller, secrets: parsed.secrets, earlier: {} });
        const checked = { ...parsed, secrets };
        await checkAddressIsFree(tx, checked);
        await checkDomain(tx, { ...body, ...checked, enabled: true }, null);
        const made = await insertChannel(tx, { ...body, ...checked });
        await recordChannel(tx, 'channel-made', { before: null, after: made });
        announce(tx, { topic: 'channels', kind: 'created', channel: made.id });
        return { status: 201, body: present(made, undefined) };
      }),
  }),
  route({
    method: 'PATCH',
    path: '/api/v1/channels/:id',
    summary: "Change a channel's name or settings",
    tag,
    access: 'settings',
    params: idParams,
    body: channelPatch,
    answers: { 200: channel },
    handle: ({ caller, params, body, write }) =>
      write(async (tx) => {
        const earlier = await getChannel(tx, params.id);
        const given = withoutMasks(body.settings ?? {});
        const parsed = checkChannelSettings({ ...earlier, settings: given, earlier });
        checkSecretsGivenAgain(earlier, { given, settings: parsed.settings });
        const secrets = sealGiven(config, { ...caller, secrets: parsed.secrets, earlier: earlier.secrets });
        const checked = { ...parsed, secrets };
        await checkAddressIsFree(tx, checked, earlier.id);
        const changed = {
          ...earlier,
          ...checked,
          name: body.name ?? earlier.name,
          enabled: body.enabled ?? earlier.enabled,
        };
        await checkDomain(tx, changed, earlier);
        await updateChannel(tx, changed);
        await recordChannel(tx, 'channel-changed', { before: earlier, after: changed });
        await endPause(tx, changed.id, clock.now());
        announce(tx, { topic: 'channels', kind: 'changed', channel: changed.id });
        const paused = (await listPaused(tx)).find(({ channelId }) => channelId === changed.id);
        return { status: 200, body: present(changed, paused) };
      }),
  }),
];

const remove = () =>
  route({
    method: 'DELETE',
    path: '/api/v1/channels/:id',
    summary: 'Disconnect a channel that nothing needs; what came and went through it stays',
    tag,
    access: 'settings',
    params: idParams,
    answers: { 204: null },
    handle: ({ params, write }) =>
      write(async (tx) => {
        const found = await getChannel(tx, params.id);
        const because = whyNeeded(await findChannelUse(tx, found));
        if (because !== null) throw conflict('channel-needed', because);
        await deleteChannel(tx, found.id);
        await recordChannel(tx, 'channel-deleted', { before: found, after: null });
        announce(tx, { topic: 'channels', kind: 'deleted', channel: found.id });
        return { status: 204 };
      }),
  });

async function getChannel(tx: Tx, id: number): Promise<StoredChannel> {
  const found = await findChannel(tx, id);
  if (found === undefined) throw notFound(`Channel ${id}`);
  return found;
}

// A form sends back what it was shown; that is no new secret.
function withoutMasks(settings: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(
    Object.entries(settings).filter(([, value]) => typeof value !== 'object' || value === null || Array.isArray(value)),
  );
}

async function checkAddressIsFree(tx: Tx, { settings }: CheckedSettings, own?: number): Promise<void> {
  if (typeof settings.address !== 'string') return;
  const other = await findMailbox(tx, settings.address);
  if (other === undefined || other.id === own) return;
  const message = `Mailbox ${other.id} has this address already`;
  throw conflict('address-taken', message, [{ path: 'settings.address', code: 'address-taken', message }]);
}

function present(
  { id, kind, provider, name, enabled, settings, secrets }: StoredChannel,
  failing: FailingChannel | undefined,
): Channel {
  const masks = Object.fromEntries(Object.entries(secrets).map(([code, value]) => [code, { set: value !== null }]));
  return {
    id,
    kind,
    provider,
    name,
    enabled,
    settings: { ...settings, ...masks },
    pause: failing ? presentPause(failing) : null,
  };
}

function presentPause({ pausedAt, pausedUntil, since, failures, reason }: FailingChannel): Channel['pause'] {
  if (pausedUntil === null) return null;
  return {
    ...{ since: (pausedAt ?? since).toISOString(), until: pausedUntil.toISOString(), failures },
    ...{ error: reason === null ? '' : reasonText(reason), reason: reason && { ...reason } },
  };
}

function describeKinds() {
  return channelKind.options.map((kind) => ({
    kind,
    providers: providersOf(kind).map((definition) => ({
      provider: definition.provider,
      settings: describeSettings(definition),
    })),
  }));
}
