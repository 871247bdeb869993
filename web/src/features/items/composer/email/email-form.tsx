import { Button, Group, Stack, Switch, TagsInput, TextInput } from '@mantine/core';
import { SendHorizontal } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSendEmail } from '../../../../api/items/emails.ts';
import { FieldInput } from '../../../../controls/fields/field-input.tsx';
import { idsOf } from '../../../../controls/fields/values.ts';
import { useDraft } from '../../../../ui/hooks/use-draft.ts';
import { ErrorNote } from '../../../../ui/text/error-note.tsx';
import { fieldProblem } from '../../../../ui/text/problem-text.ts';
import { RichText } from '../../../../ui/text/rich-text.tsx';
import type { WritingProps } from '../tab.ts';
import { AsksElsewhere } from './asks-elsewhere.tsx';

export function EmailForm({ item, answer: reply, sent }: WritingProps) {
  const { t } = useTranslation();
  const { t: own } = useTranslation('fields');
  // A letter goes to a person rather than to the company's common address.
  const clients = item.clients.toSorted((one, other) => other.kind.localeCompare(one.kind));
  const known = clients.flatMap(({ emails }) => emails);
  const [to, setTo] = useState(reply?.to ?? known.slice(0, 1));
  const [subject, setSubject] = useState(reply?.subject ?? '');
  const [track, setTrack] = useState(true);
  const [files, setFiles] = useState<number[]>([]);
  const [version, setVersion] = useState(0);
  const body = useDraft(`email-${item.id}-${reply?.email ?? 'new'}`);
  const { mutate: send, error, isPending } = useSendEmail(item.id);

  const clear = () => {
    setSubject('');
    setFiles([]);
    body.clear();
    setVersion(version + 1);
    sent();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send({ to, subject, html: body.text, track, files, inReplyTo: reply?.email }, { onSuccess: clear });
  };

  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        <TagsInput
          label={t('composer.to')}
          data={known}
          value={to}
          onChange={setTo}
          error={fieldProblem(error, 'to', t)}
          acceptValueOnBlur
        />
        {reply?.elsewhere && <AsksElsewhere elsewhere={reply.elsewhere} to={to} choose={setTo} />}
        <TextInput
          label={t('composer.subject')}
          value={subject}
          onChange={(event) => setSubject(event.currentTarget.value)}
          error={fieldProblem(error, 'subject', t)}
        />
        <RichText key={version} label={t('composer.text')} html={body.text} change={body.change} />
        <FieldInput
          field={{ kind: 'file', multiple: true }}
          value={files}
          onChange={(value) => setFiles(idsOf(value))}
          frame={{ 'aria-label': own('attach.files'), error: fieldProblem(error, 'files', t) }}
        />
        <ErrorNote error={error} />
        <Group justify="space-between">
          <Switch
            label={t('composer.track')}
            checked={track}
            onChange={(event) => setTrack(event.currentTarget.checked)}
          />
          <Button type="submit" size="xs" loading={isPending} leftSection={<SendHorizontal size={15} />}>
            {t('composer.send')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
