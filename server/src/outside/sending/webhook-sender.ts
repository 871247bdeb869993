import { because } from '@signalbox/automation/kit/words/reasons.ts';
import { originOf } from '@signalbox/automation/rules/outside/webhook.ts';
import { askOutside, type OutsideAnswer } from '../../connections/ask-outside.ts';
import type { Claimed } from '../../outbox/outbox.store.ts';
import type { Sender, SendResult } from '../../outbox/sender.ts';
import type { Context } from '../../platform/context.ts';
import { inWorkspace, type Tx } from '../../platform/db.ts';
import { listRuleSecrets } from '../kept/rule-secrets.store.ts';
import { findWebhook, type StoredWebhook, setAnswer } from '../kept/webhooks.store.ts';
import { unsealRuleSecret } from '../secrets/rule-vault.ts';
import { judgeAnswer, judgeFailure } from './judge-answer.ts';
import { signatureHeaders } from './sign.ts';

/** Whoever drips an answer is not waited for. */
const TIMEOUT_MS = 30_000;
const LIMIT_BYTES = 1_048_576;

/** The sender of outbox rows of kind `webhook`. What arrives twice is known by its id (Standard Webhooks), so a doubt is sent again. */
export function createWebhookSender(
  { databases, config, clock }: Context,
  { timeoutMs = TIMEOUT_MS, limitBytes = LIMIT_BYTES } = {},
): Sender {
  return {
    deduplicates: true,
    async send(delivery) {
      const ready = await inWorkspace(databases.app, delivery.workspaceId, (tx) => load(tx, config.dataDir, delivery));
      if ('outcome' in ready) return ready;
      const { webhook, secrets } = ready;
      const host = new URL(webhook.url).host;
      const limits = { timeoutMs, limitBytes };
      let answer: OutsideAnswer;
      try {
        answer = await askOutside(webhook.url, {
          ...{ method: webhook.method, body: webhook.body, privateHosts: config.privateHosts, timeoutMs },
          headers: headersOf(delivery, webhook, { secrets, at: clock.now() }),
          limitBytes: readsAnswer(webhook) ? limitBytes : 0,
        });
      } catch (error) {
        return judgeFailure(error, { host, ...limits });
      }
      const judged = judgeAnswer(answer, { host, wanted: webhook.wanted ?? {} });
      if (judged.outcome !== 'sent') return judged;
      return { outcome: 'sent', keep: (tx) => setAnswer(tx, webhook.id, judged.answer, clock.now()) };
    },
  };
}

const readsAnswer = ({ wanted }: StoredWebhook) => wanted !== null && Object.keys(wanted).length > 0;

interface Ready {
  readonly webhook: StoredWebhook;
  /** By where they are kept. */
  readonly secrets: ReadonlyMap<string, string>;
}

// A secret goes only where it was given for, whatever has become of the board since.
async function load(tx: Tx, dataDir: string, { id, workspaceId }: Claimed): Promise<Ready | SendResult> {
  const webhook = await findWebhook(tx, { outboxId: id });
  if (webhook === undefined) return { outcome: 'permanent', reason: because('webhook-gone') };
  const tokens = [
    ...webhook.headers.flatMap(({ value, secret }) => (secret && value !== '' ? value : [])),
    ...(webhook.signingSecret === '' ? [] : [webhook.signingSecret]),
  ];
  const found = await listRuleSecrets(tx, tokens);
  const origin = originOf(webhook.url);
  if (tokens.some((token) => found.get(token) === undefined || found.get(token)?.origin !== origin))
    return { outcome: 'permanent', reason: because('webhook-secret') };
  const secrets = [...found.values()].map(
    (one) => [one.token, unsealRuleSecret({ dataDir }, workspaceId, one)] as const,
  );
  return { webhook, secrets: new Map(secrets) };
}

function headersOf(
  { idempotencyKey }: Claimed,
  { headers, body, signingSecret }: StoredWebhook,
  { secrets, at }: { readonly secrets: Ready['secrets']; readonly at: Date },
): Readonly<Record<string, string>> {
  const given = headers.map(
    ({ name, value, secret }) => [name.toLowerCase(), headerText(secret ? (secrets.get(value) ?? '') : value)] as const,
  );
  return {
    accept: 'application/json, */*;q=0.5',
    'user-agent': 'Signalbox',
    ...(body === null ? {} : { 'content-type': 'application/json' }),
    ...Object.fromEntries(given),
    ...signatureHeaders({
      id: `msg_${idempotencyKey}`,
      at,
      body: body ?? '',
      secret: secrets.get(signingSecret) ?? null,
    }),
  };
}

// Headers are bytes of latin-1: what is more goes as UTF-8, which is what receivers expect.
const headerText = (text: string) => Buffer.from(text.replace(/[\r\n\0]+/g, ' '), 'utf8').toString('latin1');
