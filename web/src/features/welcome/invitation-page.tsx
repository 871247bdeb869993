import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { MailX } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refusal } from '../../api/transport/errors.ts';
import { acceptInvitation, invitationQuery, useSetup } from '../../api/workspace/setup.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loading } from '../../ui/loading.tsx';
import { fieldProblem, problemText } from '../../ui/text/problem-text.ts';
import { FrontPage } from './front-page.tsx';

export function InvitationPage() {
  const { t } = useTranslation();
  const { token } = useParams({ from: '/invitations/$token' });
  const { data: invitation, error } = useQuery(invitationQuery(token));

  if (error) return <EmptyState icon={MailX} title={t('invitation.invalid')} text={t('invitation.invalidText')} />;
  if (!invitation) return <Loading />;
  return <Acceptance token={token} {...invitation} />;
}

interface AcceptanceProps {
  token: string;
  email: string;
  name: string;
  workspaceName: string;
}

function Acceptance({ token, email, name, workspaceName }: AcceptanceProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { t: entrance } = useTranslation('entrance');
  const { data: setup } = useSetup();
  const [draft, setDraft] = useState({ name, password: '' });
  const [second, setSecond] = useState<string | null>(null);
  const accept = useMutation({
    mutationFn: () => acceptInvitation(token, { ...draft, ...(second && { second: typedSecond(second) }) }),
    onError: (error) => isRefused(error, 'second-factor') && setSecond(''),
    onSuccess: () => {
      client.clear();
      return navigate({ to: '/' });
    },
  });

  const wrong = isRefused(accept.error, 'wrong-password') ? accept.error : null;
  const isKnown = wrong !== null || second !== null;
  return (
    <FrontPage
      title={t('invitation.title', { workspace: workspaceName })}
      text={isKnown ? `${email}. ${entrance('joining.known')}` : email}
      error={wrong || isRefused(accept.error, 'second-factor') ? null : accept.error}
      submit={() => accept.mutate()}
    >
      <TextInput
        label={t('welcome.yourName')}
        value={draft.name}
        onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
        error={fieldProblem(accept.error, 'name', t)}
        autoComplete="name"
        required
      />
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <PasswordInput
        label={t('welcome.password')}
        description={isKnown ? undefined : t('welcome.passwordHint')}
        value={draft.password}
        onChange={(event) => setDraft({ ...draft, password: event.currentTarget.value })}
        error={wrong ? problemText(wrong, t) : fieldProblem(accept.error, 'password', t)}
        autoComplete={isKnown ? 'current-password' : 'new-password'}
        required
      />
      {second !== null && (
        <TextInput
          label={entrance('joining.second')}
          value={second}
          onChange={(event) => setSecond(event.currentTarget.value)}
          error={fieldProblem(accept.error, 'code', t) ?? fieldProblem(accept.error, 'recoveryCode', t)}
          autoComplete="one-time-code"
          autoFocus
          required
        />
      )}
      <Button type="submit" size="md" loading={accept.isPending}>
        {t('invitation.accept')}
      </Button>
      {wrong && setup?.resets && (
        <ButtonLink to="/forgotten" variant="subtle" size="compact-sm">
          {entrance('joining.forgotten')}
        </ButtonLink>
      )}
    </FrontPage>
  );
}

const isRefused = (error: Error | null, code: string) => error instanceof Refusal && error.code === code;

/** Six digits are of an app, all else is a recovery code. */
const typedSecond = (text: string) => (/^[\s\d]*$/.test(text) ? { code: text } : { recoveryCode: text });
