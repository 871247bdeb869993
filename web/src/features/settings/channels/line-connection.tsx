import type { Channel } from '@signalbox/contract/channels/channels.ts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { lineStatesQuery } from '../../../api/items/calls.ts';
import { TextLink } from '../../../ui/button-link.tsx';
import { CopyLine } from '../../../ui/text/copy-line.tsx';
import { useFormat } from '../../../ui/text/format.ts';
import styles from '../settings.module.css';
import { TestLine } from './test-line.tsx';

interface LineProps {
  readonly line: Channel;
}

/** Providers that can be asked whether a line works. */
const testable: ReadonlySet<string> = new Set(['asterisk', 'twilio']);

/** How a line is heard, and what the other side has to be told so that it is (docs/telephone.md). */
export function LineConnection({ line }: LineProps) {
  return (
    <div className={styles.connection}>
      <State line={line} />
      {line.enabled && testable.has(line.provider) && <TestLine line={line.id} />}
      <Addresses line={line} />
    </div>
  );
}

function State({ line: { id, provider, enabled, pause } }: LineProps) {
  const { t } = useTranslation('phone');
  const { moment } = useFormat();
  const { data } = useQuery(lineStatesQuery);
  const state = data?.find(({ line }) => line === id);
  if (!enabled || state === undefined) return null;
  const { connectedSince, lastCallAt } = state;
  return (
    <p className={styles.muted} role="status">
      {/* Why it is not connected stands above. */}
      {provider === 'asterisk' && pause === null && (
        <>
          {connectedSince === null ? t('line.connecting') : t('line.connected', { at: moment(connectedSince) })}
          {' · '}
        </>
      )}
      {lastCallAt === null ? t('line.noCall') : t('line.lastCall', { at: moment(lastCallAt) })}
    </p>
  );
}

function Addresses({ line: { id, provider, settings } }: LineProps) {
  const { t } = useTranslation('phone');
  const { origin } = location;
  if (provider === 'twilio')
    return (
      <>
        <p className={styles.muted}>{t('line.twilio')}</p>
        <CopyLine label={t('line.twilioVoice')} value={`${origin}/hooks/twilio/${id}/voice`} />
        <CopyLine label={t('line.twilioStatus')} value={`${origin}/hooks/twilio/${id}/status`} />
      </>
    );
  if (provider === 'api')
    return (
      <>
        <p className={styles.muted}>
          {t('line.api')} <Keys />
        </p>
        <CopyLine
          label={t('line.apiBegins')}
          value={curl('POST', '', { line: id, direction: 'incoming', number: '+48601234567', externalId: '1' })}
        />
        <CopyLine label={t('line.apiEnds')} value={curl('PATCH', '/<id>', { state: 'ended', duration: 42 })} />
      </>
    );
  if (provider === 'bitrix24')
    return (
      <>
        <p className={styles.muted}>
          {t('line.bitrix24')} <Keys />
        </p>
        <CopyLine label={t('line.bitrix24Address')} value={`${origin}/rest/`} />
        <CopyLine label="LINE_NUMBER" value={String(settings.number ?? '')} />
      </>
    );
  return null;
}

function Keys() {
  const { t } = useTranslation('phone');
  return (
    <TextLink size="sm" underline="always" to="/settings/$section" params={{ section: 'keys' }}>
      {t('line.keys')}
    </TextLink>
  );
}

const curl = (method: string, path: string, body: object) =>
  `curl -X ${method} ${location.origin}/api/v1/calls${path} -H 'Authorization: Bearer <key>' -H 'Content-Type: application/json' -d '${JSON.stringify(body)}'`;
