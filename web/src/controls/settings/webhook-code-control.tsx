import { ActionIcon, Button, Code, CopyButton, Group, Stack, Text, TextInput, Tooltip } from '@mantine/core';
import { Check, Copy, RefreshCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWebhookTarget } from '../../api/items/item-types.ts';
import { type ControlProps, frameOf, textOf } from '../control.ts';
import { useFormFacts } from '../form-facts.tsx';

/** The code another system calls, its address, and a line that calls it. */
export function WebhookCodeControl(props: ControlProps) {
  const { t } = useTranslation('automation');
  const code = textOf(props.value);
  const { value, onChange } = props;
  useEffect(() => {
    if (value === undefined) onChange(newCode());
  }, [value, onChange]);
  return (
    <Stack gap="xs">
      <TextInput
        {...frameOf(props)}
        value={code}
        onChange={(event) => onChange(event.currentTarget.value)}
        rightSection={
          <ActionIcon aria-label={t('controls.newCode')} onClick={() => onChange(newCode())}>
            <RefreshCw size={15} />
          </ActionIcon>
        }
      />
      {code !== '' && <Address code={code} />}
    </Stack>
  );
}

function Address({ code }: { code: string }) {
  const { t } = useTranslation('automation');
  const { itemType, makeWebhookAddress } = useFormFacts();
  const targetType = useWebhookTarget(itemType);
  const [base, setBase] = useState<string | null>(null);
  const [problem, setProblem] = useState(false);
  const target = `${targetType}_123`;
  const blank = `${location.origin}/rest/${t('controls.webhookUser')}/${t('controls.webhookSecret')}`;
  const url = addressFor(base ?? blank, target, code);
  const make = () => makeWebhookAddress().then(setBase, () => setProblem(true));
  return (
    <Stack gap={6}>
      <Copyable text={url} label={t('controls.webhookAddress')} />
      <Copyable text={`curl -X POST "${url}"`} label={t('controls.webhookExample')} />
      <Text size="xs" c="dimmed">
        {t(base === null ? 'controls.webhookHint' : 'controls.webhookMade', { target })}
      </Text>
      {base === null && (
        <Button size="compact-sm" variant="light" onClick={make} style={{ alignSelf: 'flex-start' }}>
          {t('controls.makeAddress')}
        </Button>
      )}
      {base !== null && <SendTest base={base} code={code} />}
      {problem && (
        <Text size="xs" c="red" role="alert">
          {t('controls.addressFailed')}
        </Text>
      )}
    </Stack>
  );
}

const addressFor = (base: string, target: string, code: string) =>
  `${base}/crm.automation.trigger?target=${target}&code=${encodeURIComponent(code)}`;

/** Calls the saved trigger for the preview item, as another system would. */
function SendTest({ base, code }: { base: string; code: string }) {
  const { t } = useTranslation('automation');
  const { itemType, previewItem, callAddress } = useFormFacts();
  const targetType = useWebhookTarget(itemType);
  const [answer, setAnswer] = useState<string | null>(null);
  if (previewItem === null) return null;
  const send = async () => {
    const refused = await callAddress(addressFor(base, `${targetType}_${previewItem.id}`, code));
    setAnswer(refused === null ? t('controls.testSent') : t('controls.testFailed', { message: refused }));
  };
  return (
    <div>
      <Button size="compact-sm" variant="light" onClick={() => void send()}>
        {t('controls.sendTest', { title: previewItem.title })}
      </Button>
      <Text size="xs" role="status" mt={4}>
        {answer}
      </Text>
    </div>
  );
}

function Copyable({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation('automation');
  return (
    <div>
      <Text size="xs" fw={500}>
        {label}
      </Text>
      <Group gap={4} wrap="nowrap" align="flex-start">
        <Code block style={{ flex: 1, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', padding: '4px 8px' }}>
          {text}
        </Code>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Tooltip label={t(copied ? 'controls.copied' : 'controls.copy')}>
              <ActionIcon aria-label={`${t('controls.copy')}: ${label}`} onClick={copy}>
                {copied ? <Check size={15} /> : <Copy size={15} />}
              </ActionIcon>
            </Tooltip>
          )}
        </CopyButton>
      </Group>
    </div>
  );
}

/** Short enough to read over the telephone, long enough not to be guessed with the secret address known. */
function newCode(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  return [...crypto.getRandomValues(new Uint8Array(10))].map((byte) => letters[byte % letters.length]).join('');
}
