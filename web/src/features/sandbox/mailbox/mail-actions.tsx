import { Button, Checkbox, Group, Menu, Select, Stack, Textarea } from '@mantine/core';
import type { Machine, SandboxMail } from '@signalbox/contract/channels/sandbox.ts';
import { useQuery } from '@tanstack/react-query';
import { Eye, MousePointerClick, Reply } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { machinesQuery, type SandboxAct, useSandboxAct } from '../../../api/workspace/sandbox.ts';
import { sayDone } from '../../../ui/notify.ts';
import { ErrorNote } from '../../../ui/text/error-note.tsx';
import styles from './mail.module.css';
import { linksOf } from './untracked.ts';

/** Open, click or answer, as a person or as a machine that does such things. */
export function MailActions({ mail }: { mail: SandboxMail }) {
  const { t } = useTranslation();
  const [as, setAs] = useState('person');
  const [answering, setAnswering] = useState(false);
  const { data: machines = [] } = useQuery(machinesQuery);
  const { mutate, error, isPending } = useSandboxAct(mail.id);
  const act = (what: SandboxAct) => mutate(what, { onSuccess: () => sayDone(t(`mail.done.${what.do}`)) });
  const actor = machines.find(({ id }) => id === as);
  const people: Record<string, string> = t('mail.people', { returnObjects: true });
  const labelOf = ({ id, name, person }: Pick<Machine, 'id' | 'name' | 'person'>) =>
    people[id] ?? t(person ? 'mail.asPerson' : 'mail.asMachine', { name });

  return (
    <Stack gap="xs" className={styles.actions}>
      <Group gap="xs">
        <Select
          aria-label={t('mail.as')}
          w={240}
          allowDeselect={false}
          data={machines.map(({ id, name, person }) => ({
            value: id,
            label: labelOf({ id, name, person }),
          }))}
          value={as}
          onChange={(id) => setAs(id ?? 'person')}
        />
        <Button
          variant="default"
          leftSection={<Eye size={16} />}
          disabled={actor?.opens === false}
          loading={isPending}
          onClick={() => act({ do: 'open', as })}
        >
          {t('mail.open')}
        </Button>
        <ClickMenu mail={mail} disabled={actor?.clicks === false} click={(url) => act({ do: 'click', as, url })} />
        <Button variant="default" leftSection={<Reply size={16} />} onClick={() => setAnswering(!answering)}>
          {t('mail.answer')}
        </Button>
      </Group>
      <ErrorNote error={error} />
      {answering && (
        <AnswerForm
          sending={isPending}
          send={(text, auto) =>
            mutate(
              { do: 'reply', text, auto },
              {
                onSuccess: () => {
                  setAnswering(false);
                  sayDone(t('mail.done.reply'));
                },
              },
            )
          }
        />
      )}
    </Stack>
  );
}

interface ClickMenuProps {
  mail: SandboxMail;
  disabled: boolean;
  click: (url: string) => void;
}

function ClickMenu({ mail, disabled, click }: ClickMenuProps) {
  const { t } = useTranslation();
  const links = linksOf(mail.html);
  return (
    <Menu position="bottom-start" width={300}>
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<MousePointerClick size={16} />}
          disabled={disabled || links.length === 0}
          title={links.length === 0 ? t('mail.noLinks') : undefined}
        >
          {t('mail.click')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {links.map(({ url, text }) => (
          <Menu.Item key={url} onClick={() => click(url)}>
            {text}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

interface AnswerFormProps {
  sending: boolean;
  send: (text: string, auto: boolean) => void;
}

function AnswerForm({ sending, send }: AnswerFormProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [auto, setAuto] = useState(false);
  return (
    <Stack gap="xs">
      <Textarea
        aria-label={t('mail.answerText')}
        placeholder={t('mail.answerText')}
        autosize
        minRows={3}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        autoFocus
      />
      <Group justify="space-between">
        <Checkbox label={t('mail.auto')} checked={auto} onChange={(event) => setAuto(event.currentTarget.checked)} />
        <Button size="xs" loading={sending} disabled={text.trim() === ''} onClick={() => send(text, auto)}>
          {t('composer.send')}
        </Button>
      </Group>
    </Stack>
  );
}
