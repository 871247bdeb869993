import { Button, Group, Stack, Text } from '@mantine/core';
import type { Factors } from '@signalbox/contract/people/second-factor.ts';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { factorsQuery, useRemoveFactor, useRenewCodes } from '../../api/workspace/second-factor.ts';
import { Loading } from '../../ui/loading.tsx';
import { sayFailed } from '../../ui/notify.ts';
import { ErrorNote } from '../../ui/text/error-note.tsx';
import { RelativeTime } from '../../ui/text/relative-time.tsx';
import { AppDialog } from './app-dialog.tsx';
import { PasskeyDialog } from './passkey-dialog.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

type Asked = 'app' | 'passkey' | null;

/** One's second factors: set one up, remove one, new recovery codes. `done`: the first one is set up, and its codes are kept. */
export function SecondFactor({ done }: { readonly done?: () => void }) {
  const { data, error } = useQuery(factorsQuery);
  const [asked, setAsked] = useState<Asked>(null);
  const [codes, setCodes] = useState<readonly string[]>([]);
  const show = (made: readonly string[]) => {
    setAsked(null);
    setCodes(made);
    if (made.length === 0) done?.();
  };
  const keep = () => {
    setCodes([]);
    done?.();
  };
  return (
    <Stack gap="md">
      <ErrorNote error={error} />
      {!data && !error && <Loading />}
      {data && <App isOn={data.totp} setUp={() => setAsked('app')} />}
      {data && <Passkeys factors={data} add={() => setAsked('passkey')} />}
      {data && (data.totp || data.passkeys.length > 0) && <Codes left={data.recoveryCodes} show={setCodes} />}
      {asked === 'app' && <AppDialog close={() => setAsked(null)} show={show} />}
      {asked === 'passkey' && <PasskeyDialog close={() => setAsked(null)} show={show} />}
      {codes.length > 0 && <RecoveryCodes codes={codes} keep={keep} />}
    </Stack>
  );
}

interface LineProps {
  readonly name: string;
  readonly text: ReactNode;
  readonly children: ReactNode;
}

function Line({ name, text, children }: LineProps) {
  return (
    <Group justify="space-between" align="flex-start" wrap="nowrap">
      <div>
        <Text size="sm" fw={500}>
          {name}
        </Text>
        <Text size="xs" c="dimmed">
          {text}
        </Text>
      </div>
      <div style={{ flexShrink: 0 }}>{children}</div>
    </Group>
  );
}

function App({ isOn, setUp }: { readonly isOn: boolean; readonly setUp: () => void }) {
  const { t } = useTranslation('entrance');
  const { mutate: remove, isPending } = useRemoveFactor();
  return (
    <Line name={t('factors.app')} text={t(isOn ? 'factors.appOn' : 'factors.appOff')}>
      {isOn ? (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t('factors.removeApp')}
          loading={isPending}
          onClick={() => remove('totp', { onError: sayFailed })}
        >
          {t('factors.remove')}
        </Button>
      ) : (
        <Button size="compact-sm" variant="default" onClick={setUp}>
          {t('factors.setUp')}
        </Button>
      )}
    </Line>
  );
}

function Passkeys({ factors, add }: { readonly factors: Factors; readonly add: () => void }) {
  const { t } = useTranslation('entrance');
  const { mutate: remove, isPending } = useRemoveFactor();
  return (
    <>
      <Line name={t('factors.passkeys')} text={t(factors.passkeysWork ? 'factors.passkeysText' : 'factors.noPasskeys')}>
        {factors.passkeysWork && (
          <Button size="compact-sm" variant="default" onClick={add}>
            {t('factors.addPasskey')}
          </Button>
        )}
      </Line>
      {factors.passkeys.map(({ id, name, lastUsedAt }) => (
        <Group key={id} justify="space-between" wrap="nowrap" pl="md">
          <div>
            <Text size="sm">{name}</Text>
            <Text size="xs" c="dimmed">
              {lastUsedAt === null ? (
                t('factors.neverUsed')
              ) : (
                <>
                  {t('factors.lastUsed')} <RelativeTime at={lastUsedAt} />
                </>
              )}
            </Text>
          </div>
          <Button
            size="compact-sm"
            variant="default"
            style={{ flexShrink: 0 }}
            aria-label={t('factors.removePasskey', { name })}
            loading={isPending}
            onClick={() => remove(id, { onError: sayFailed })}
          >
            {t('factors.remove')}
          </Button>
        </Group>
      ))}
    </>
  );
}

function Codes({ left, show }: { readonly left: number; readonly show: (codes: readonly string[]) => void }) {
  const { t } = useTranslation('entrance');
  const { mutate: renew, isPending } = useRenewCodes();
  const make = () => renew(undefined, { onSuccess: ({ recoveryCodes }) => show(recoveryCodes), onError: sayFailed });
  return (
    <Line name={t('factors.recovery')} text={t('factors.recoveryLeft', { count: left })}>
      <Button size="compact-sm" variant="default" loading={isPending} onClick={make}>
        {t('factors.renew')}
      </Button>
    </Line>
  );
}
