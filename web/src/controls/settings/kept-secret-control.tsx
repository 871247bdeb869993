import { ActionIcon, Button, Code, CopyButton, Group, Input, PasswordInput, Stack, Text } from '@mantine/core';
import { isKept, UNKEPT } from '@signalbox/automation/kit/settings/outside-fields.ts';
import { useMutation } from '@tanstack/react-query';
import { Check, Copy, LockKeyhole } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keepRuleSecret } from '../../api/automation/rule-secrets.ts';
import { problemText } from '../../ui/text/problem-text.ts';
import { type ControlProps, frameOf, shown, textOf } from '../control.ts';

/** The secret that signs: typed or made here, kept at once, and shown to nobody any more. */
export function KeptSecretControl(props: ControlProps) {
  return (
    <Input.Wrapper {...frameOf(props)}>
      <KeptSecretInput label={props.text.label} value={textOf(shown(props))} onChange={props.onChange} canMake />
    </Input.Wrapper>
  );
}

interface KeptSecretInputProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly canMake?: boolean;
}

// What is typed stays in this input alone: the form's state survives a reload, and no draft may hold a secret.
export function KeptSecretInput({ label, value, onChange, canMake = false }: KeptSecretInputProps) {
  const { t } = useTranslation('automation');
  const { t: common } = useTranslation();
  const [typed, setTyped] = useState('');
  const [made, setMade] = useState<string | null>(null);
  const keeping = useMutation({
    mutationFn: keepRuleSecret,
    onSuccess: (kept) => {
      onChange(kept);
      setTyped('');
    },
  });
  const keep = (secret: string) => keeping.mutate(secret);
  const make = () => {
    const secret = newSecret();
    keeping.mutate(secret, { onSuccess: () => setMade(secret) });
  };
  const failed = keeping.isError && t('controls.secretFailed', { message: problemText(keeping.error, common) });
  if (isKept(value))
    return (
      <Stack gap={6} mt={4}>
        <Group gap={6} wrap="wrap">
          <LockKeyhole size={15} aria-hidden />
          <Text size="sm" flex="1 1 160px">
            {t('controls.keptSecret')}
          </Text>
          <Button size="compact-sm" variant="subtle" onClick={() => onChange('')}>
            {t('controls.changeSecret')}
          </Button>
        </Group>
        {made !== null && <Made secret={made} />}
      </Stack>
    );
  return (
    <Stack gap={6} mt={4}>
      <Group gap={6} wrap="nowrap" align="flex-start">
        <PasswordInput
          aria-label={label}
          autoComplete="new-password"
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            onChange(event.currentTarget.value === '' ? '' : UNKEPT);
          }}
          onBlur={() => typed !== '' && keep(typed)}
          error={failed}
          flex={1}
        />
        {typed !== '' && (
          <Button variant="default" onClick={() => keep(typed)}>
            {t('controls.keepSecret')}
          </Button>
        )}
        {typed === '' && canMake && (
          <Button variant="default" onClick={() => make()}>
            {t('controls.makeSecret')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

function Made({ secret }: { secret: string }) {
  const { t } = useTranslation('automation');
  return (
    <div role="status">
      <Group gap={4} wrap="nowrap" align="flex-start">
        <Code block style={{ flex: 1, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', padding: '4px 8px' }}>
          {secret}
        </Code>
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <ActionIcon aria-label={t(copied ? 'controls.copied' : 'controls.copy')} onClick={copy}>
              {copied ? <Check size={15} /> : <Copy size={15} />}
            </ActionIcon>
          )}
        </CopyButton>
      </Group>
      <Text size="xs" c="dimmed">
        {t('controls.madeSecret')}
      </Text>
    </div>
  );
}

/** As the Standard Webhooks rules write one: 32 bytes. */
function newSecret(): string {
  return `whsec_${btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))}`;
}
