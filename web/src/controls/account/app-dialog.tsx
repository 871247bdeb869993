import { Button, Code, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { encode } from 'uqr';
import { beginTotp, useConfirmTotp } from '../../api/workspace/second-factor.ts';
import { Loading } from '../../ui/loading.tsx';
import { Dialog } from '../../ui/panels/dialog.tsx';
import { ErrorNote } from '../../ui/text/error-note.tsx';
import { fieldProblem, hasFieldProblems } from '../../ui/text/problem-text.ts';

interface AppDialogProps {
  readonly close: () => void;
  /** The recovery codes that came with it. */
  readonly show: (codes: readonly string[]) => void;
}

/** An authenticator app: its secret as a picture and as text, then the first code of it. */
export function AppDialog({ close, show }: AppDialogProps) {
  const { t } = useTranslation(['entrance', 'translation']);
  const { t: common } = useTranslation();
  const begun = useQuery({ queryKey: ['new totp'], queryFn: beginTotp, gcTime: 0, staleTime: Infinity, retry: false });
  const confirm = useConfirmTotp();
  const [code, setCode] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // Pages below are forms as well, and this one is drawn inside of them.
    event.stopPropagation();
    confirm.mutate(code, { onSuccess: ({ recoveryCodes }) => show(recoveryCodes) });
  };
  return (
    <Dialog title={t('app.title')} close={close}>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <Text size="sm">{t('app.scan')}</Text>
          <ErrorNote error={begun.error ?? (hasFieldProblems(confirm.error) ? null : confirm.error)} />
          {begun.isPending && <Loading />}
          {begun.data && <QrCode text={begun.data.uri} label={t('app.picture')} />}
          {begun.data && (
            <div>
              <Text size="xs" c="dimmed">
                {t('app.typed')}
              </Text>
              <Code style={{ overflowWrap: 'anywhere' }}>{begun.data.secret.replace(/(.{4})(?!$)/g, '$1 ')}</Code>
            </div>
          )}
          <TextInput
            label={t('second.code')}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            error={fieldProblem(confirm.error, 'code', common)}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={9}
            data-autofocus
            required
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {common('common.cancel')}
            </Button>
            <Button type="submit" loading={confirm.isPending} disabled={!begun.data || code.trim() === ''}>
              {t('app.confirm')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

const SIDE_PX = 196;

// Black on white in the dark too: cameras want it so.
function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { data, size } = encode(text, { border: 3 });
  const dots = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : [])));
  return (
    <svg role="img" aria-label={label} width={SIDE_PX} height={SIDE_PX} viewBox={`0 0 ${size} ${size}`}>
      <rect width={size} height={size} fill="#fff" />
      <path d={dots.join('')} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}
