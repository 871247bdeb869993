import { Badge, Box, Button, Group } from '@mantine/core';
import type { MailDomain } from '@signalbox/contract/channels/mail-domains.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAskForDomain } from '../../../api/workspace/mail-domains.ts';
import { Panel } from '../../../ui/panels/panel.tsx';
import { ErrorNote } from '../../../ui/text/error-note.tsx';
import { RelativeTime } from '../../../ui/text/relative-time.tsx';
import styles from '../settings.module.css';
import { DomainProof } from './domain-proof.tsx';
import { ReleaseDomain } from './release-domain.tsx';

const colors = { claimed: 'green', first: 'green', sandbox: 'gray', unclaimed: 'orange', foreign: 'red' } as const;

/** A domain: whose it is, what that means for its mail, and what can be done. */
export function DomainPanel({ domain: one }: { readonly domain: MailDomain }) {
  const { t } = useTranslation('mailDomains');
  const { domain, state, claimedBy, claimedAt, mailboxes, record } = one;
  return (
    <Panel
      title={`@${domain}`}
      actions={
        <Badge color={colors[state]} variant="dot">
          {t(`states.${state}`)}
        </Badge>
      }
    >
      <p className={styles.muted}>
        {t(`means.${state}`)}{' '}
        {claimedBy && claimedAt && (
          <>
            {t(`by.${claimedBy}`)} <RelativeTime at={claimedAt} />
          </>
        )}
      </p>
      {mailboxes.length > 0 && <p className={styles.email}>{t('mailboxes', { list: mailboxes.join(', ') })}</p>}
      {record && state !== 'foreign' ? (
        <DomainProof domain={one} record={record}>
          <Actions domain={one} />
        </DomainProof>
      ) : (
        <Box mt="xs">
          <Actions domain={one} />
        </Box>
      )}
    </Panel>
  );
}

function Actions({ domain: { domain, state, record } }: { readonly domain: MailDomain }) {
  const { t } = useTranslation('mailDomains');
  const { mutate: ask, error, isPending } = useAskForDomain();
  const [releasing, setReleasing] = useState(false);
  const mayAsk = !record && (state === 'first' || state === 'unclaimed');
  const mayRelease = state === 'claimed' || record !== null;
  return (
    <>
      <ErrorNote error={error} />
      <Group gap="xs">
        {mayAsk && (
          <Button size="xs" variant="default" loading={isPending} onClick={() => ask(domain)}>
            {t('claim')}
          </Button>
        )}
        {mayRelease && (
          <Button size="xs" variant="default" onClick={() => setReleasing(true)}>
            {t(state === 'claimed' ? 'release' : 'giveUp')}
          </Button>
        )}
      </Group>
      {releasing && <ReleaseDomain domain={domain} isClaimed={state === 'claimed'} close={() => setReleasing(false)} />}
    </>
  );
}
