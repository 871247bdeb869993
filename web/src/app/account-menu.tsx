import { ActionIcon, Menu, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { CalendarClock, LogOut, UserRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { forgetKept } from '../api/workspace/kept-in-browser.ts';
import { useMe } from '../api/workspace/me.ts';
import { signOut } from '../api/workspace/setup.ts';
import { sayFailed } from '../ui/notify.ts';
import { PersonFace } from '../ui/person-face.tsx';
import { WorkdayItems } from './workday-items.tsx';

export function AccountMenu() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const me = useMe();

  const leave = async () => {
    await signOut();
    client.clear();
    await navigate({ to: '/sign-in' });
    // Pages keep their drafts when they are left.
    forgetKept();
  };

  return (
    <Menu position="bottom-end" width={250}>
      <Menu.Target>
        <ActionIcon size={32} radius="xl" aria-label={t('shell.account')}>
          <PersonFace person={me} size={30} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Text size="sm" fw={600} px="sm" pt={4} truncate>
          {me.name}
        </Text>
        <Text size="xs" c="dimmed" px="sm" pb={6} truncate>
          {me.email}
        </Text>
        <Menu.Divider />
        <WorkdayItems />
        <Menu.Item leftSection={<CalendarClock size={15} />} onClick={() => void navigate({ to: '/planned' })}>
          {t('shell.planned')}
        </Menu.Item>
        <Menu.Item
          leftSection={<UserRound size={15} />}
          onClick={() => void navigate({ to: '/settings/$section', params: { section: 'profile' } })}
        >
          {t('shell.profile')}
        </Menu.Item>
        <Menu.Item leftSection={<LogOut size={15} />} onClick={() => leave().catch(sayFailed)}>
          {t('shell.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
