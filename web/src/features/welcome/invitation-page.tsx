import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { MailX } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { acceptInvitation, invitationQuery } from '../../api/workspace/setup.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loading } from '../../ui/loading.tsx';
import { fieldProblem } from '../../ui/text/problem-text.ts';
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
  const [draft, setDraft] = useState({ name, password: '' });
  const accept = useMutation({
    mutationFn: () => acceptInvitation(token, draft),
    onSuccess: () => {
      client.clear();
      return navigate({ to: '/' });
    },
  });

  return (
    <FrontPage
      title={t('invitation.title', { workspace: workspaceName })}
      text={email}
      error={accept.error}
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
        description={t('welcome.passwordHint')}
        value={draft.password}
        onChange={(event) => setDraft({ ...draft, password: event.currentTarget.value })}
        error={fieldProblem(accept.error, 'password', t)}
        autoComplete="new-password"
        required
      />
      <Button type="submit" size="md" loading={accept.isPending}>
        {t('invitation.accept')}
      </Button>
    </FrontPage>
  );
}
