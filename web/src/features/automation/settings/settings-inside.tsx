import { ActionIcon, Button, Divider, Group, Stack, Text, TextInput } from '@mantine/core';
import { Undo2 } from 'lucide-react';
import { type RefObject, useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { definitionOf, kindName } from '../../../controls/definitions.ts';
import { useFormFacts } from '../../../controls/form-facts.tsx';
import { SettingsForm } from '../../../controls/settings/settings-form.tsx';
import { useScreen } from '../editing/screen.tsx';
import type { Card } from '../model/cards.ts';
import { problemsOf, saidOnly } from '../model/definitions.ts';
import type { Problem } from '../model/problems.ts';
import { CommonForm } from './common-form.tsx';
import { errorsByField, stillSaid } from './errors-by-field.ts';
import { focusField } from './focus-field.ts';
import styles from './settings.module.css';
import { SettingsHead } from './settings-head.tsx';
import { useEditedCard } from './use-edited-card.ts';

interface SettingsInsideProps {
  readonly keptAs: string;
  readonly card: Card;
  readonly problems: readonly Problem[];
  readonly onSave: (card: Card) => void;
  readonly onClose: () => void;
  /** What the panel does when it is asked to close. */
  readonly leave: RefObject<() => void>;
}

export function SettingsInside({ keptAs, card, problems, onSave, onClose, leave }: SettingsInsideProps) {
  const { t } = useTranslation('automation');
  const { edited, setEdited, undo } = useEditedCard(card, keptAs);
  const { readOnly } = useScreen();
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState(false);
  const form = useRef<HTMLDivElement>(null);
  const changed = useMemo(() => JSON.stringify(edited) !== JSON.stringify(card), [edited, card]);
  const errors = useMemo(
    () => errorsByField(tried ? problemsOf(edited) : [], stillSaid(problems, card, edited), t),
    [edited, card, problems, tried, t],
  );
  leave.current = () => (changed ? setAsking(true) : onClose());
  const set = useCallback(
    (name: string, value: unknown) =>
      setEdited((before) => ({ ...before, settings: { ...before.settings, [name]: value } })),
    [setEdited],
  );
  const save = () => {
    setTried(true);
    const [first] = problemsOf(edited);
    if (first === undefined)
      return onSave({ ...edited, name: edited.name.trim(), settings: saidOnly(edited.settings), fresh: false });
    setAsking(false);
    focusField(form.current, first.field);
  };
  return (
    <>
      <SettingsHead card={edited} onClose={() => leave.current()} />
      <div ref={form} className={styles.form}>
        <fieldset className={styles.fieldset} disabled={readOnly}>
          <CardForm card={edited} onChange={setEdited} onSet={set} errors={errors} />
        </fieldset>
      </div>
      {!readOnly && (
        <footer className={styles.foot}>
          {asking ? (
            <Group gap="xs" w="100%">
              <Text size="sm" flex={1}>
                {t('settings.unsaved')}
              </Text>
              <Button variant="default" onClick={onClose}>
                {t('settings.discard')}
              </Button>
              <Button onClick={save}>{t('settings.save')}</Button>
            </Group>
          ) : (
            <Group gap="xs">
              <Button onClick={save}>{t('settings.save')}</Button>
              <Button variant="default" onClick={() => leave.current()}>
                {t('settings.cancel')}
              </Button>
              <ActionIcon
                ml="auto"
                size="lg"
                aria-label={t('save.undo')}
                title={t('save.undo')}
                disabled={undo === null}
                onClick={() => undo?.()}
              >
                <Undo2 size={17} />
              </ActionIcon>
            </Group>
          )}
        </footer>
      )}
    </>
  );
}

interface CardFormProps {
  readonly card: Card;
  readonly onChange: (card: Card) => void;
  readonly onSet: (name: string, value: unknown) => void;
  readonly errors: Readonly<Record<string, string>>;
}

function CardForm({ card, onChange, onSet, errors }: CardFormProps) {
  const { t } = useTranslation('automation');
  const { language } = useFormFacts();
  const definition = definitionOf(card);
  const own = useMemo(() => ofSettings(errors), [errors]);
  return (
    <Stack gap="md">
      <TextInput
        label={t(`common.name.${card.lane}`)}
        placeholder={kindName(card, language)}
        value={card.name}
        onChange={(event) => onChange({ ...card, name: event.currentTarget.value })}
      />
      {definition === undefined ? (
        <Text c="red">{t('settings.unknownKind', { key: card.key })}</Text>
      ) : (
        <SettingsForm
          fields={definition.fields}
          texts={definition.strings[language].fields}
          values={card.settings}
          onChange={onSet}
          errors={own}
        />
      )}
      <Divider label={t('common.title')} labelPosition="left" />
      <CommonForm card={card} onChange={onChange} errors={errors} />
    </Stack>
  );
}

function ofSettings(errors: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const own = Object.entries(errors).filter(([field]) => field.startsWith('settings.'));
  return Object.fromEntries(own.map(([field, text]) => [field.slice('settings.'.length), text]));
}
