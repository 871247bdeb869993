import { Button, TextInput } from '@mantine/core';
import type { SecondStep } from '@signalbox/contract/people/second-factor.ts';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NoPasskey, passkeysWork, signByOwnPasskey } from '../../api/workspace/passkeys.ts';
import { giveSecond } from '../../api/workspace/second-factor.ts';
import { fieldProblem } from '../../ui/text/problem-text.ts';
import { FrontPage } from './front-page.tsx';

interface SecondFormProps {
  readonly step: SecondStep;
  readonly done: () => void;
  readonly leave: ReactNode;
}

/** The second factor: a code of the app, a passkey, or a recovery code. */
export function SecondForm({ step, done, leave }: SecondFormProps) {
  const { t } = useTranslation('entrance');
  const { t: common } = useTranslation();
  const [byRecovery, setByRecovery] = useState(!step.totp && !step.passkeys);
  const [text, setText] = useState('');
  const give = useMutation({
    mutationFn: () => giveSecond(byRecovery ? { recoveryCode: text } : { code: text }),
    onSuccess: done,
  });
  const prove = useMutation({
    mutationFn: async () => giveSecond({ passkey: await signByOwnPasskey() }),
    onSuccess: done,
  });
  const change = () => {
    setByRecovery(!byRecovery);
    setText('');
    give.reset();
  };
  const typed = byRecovery || step.totp;
  const failed = prove.error instanceof NoPasskey;
  return (
    <FrontPage
      title={t('second.title')}
      text={failed ? t('passkeyFailed') : t('second.text')}
      error={give.error ?? (failed ? null : prove.error)}
      submit={() => (typed ? give.mutate() : prove.mutate())}
    >
      {typed && (
        <TextInput
          key={String(byRecovery)}
          label={t(byRecovery ? 'second.recovery' : 'second.code')}
          description={t(byRecovery ? 'second.recoveryHint' : 'second.codeHint')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={fieldProblem(give.error, byRecovery ? 'recoveryCode' : 'code', common)}
          inputMode={byRecovery ? 'text' : 'numeric'}
          autoComplete="one-time-code"
          autoFocus
          required
        />
      )}
      {typed && (
        <Button type="submit" size="md" loading={give.isPending}>
          {t('second.enter')}
        </Button>
      )}
      {step.passkeys && passkeysWork() && (
        <Button
          size="md"
          variant={typed ? 'default' : 'filled'}
          loading={prove.isPending}
          onClick={() => prove.mutate()}
        >
          {t('second.usePasskey')}
        </Button>
      )}
      {step.recoveryCodes && (step.totp || step.passkeys) && (
        <Button variant="subtle" size="compact-sm" onClick={change}>
          {t(byRecovery && step.totp ? 'second.useApp' : 'second.useRecovery')}
        </Button>
      )}
      {leave}
    </FrontPage>
  );
}
