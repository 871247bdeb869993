import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { askReset } from '../../api/workspace/setup.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { fieldProblem } from '../../ui/text/problem-text.ts';
import { FrontPage } from './front-page.tsx';

/** Asks for a link to choose a new password; the answer is the same whether somebody has the address. */
export function ForgottenPage() {
  const { t } = useTranslation('entrance');
  const { t: common } = useTranslation();
  const [email, setEmail] = useState('');
  const { mutate: ask, error, isPending, isSuccess } = useMutation({ mutationFn: () => askReset(email) });
  const text = isSuccess ? t('forgotten.sent', { email }) : t('forgotten.text');
  return (
    <FrontPage title={t('forgotten.title')} text={text} error={error} submit={() => ask()}>
      {!isSuccess && (
        <TextInput
          label={common('common.email')}
          type="email"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={fieldProblem(error, 'email', common)}
          autoComplete="username"
          autoFocus
          required
        />
      )}
      {!isSuccess && (
        <Button type="submit" size="md" loading={isPending}>
          {t('forgotten.send')}
        </Button>
      )}
      <ButtonLink to="/sign-in" variant="subtle" size="compact-sm">
        {t('forgotten.back')}
      </ButtonLink>
    </FrontPage>
  );
}
