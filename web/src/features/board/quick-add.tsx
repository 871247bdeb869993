import { Button, Group, TextInput } from '@mantine/core';
import { itemType } from '@signalbox/contract/common.ts';
import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMayFill } from '../../api/items/fields.ts';
import { addItem, useAddItem } from '../../api/items/items.ts';
import { useMe } from '../../api/workspace/me.ts';
import { addAsking, GivenUp } from '../../controls/fields/ask-missing.tsx';
import { DecimalInput } from '../../ui/inputs/decimal-input.tsx';
import { decimalsOf } from '../../ui/text/format.ts';
import { fieldProblem, problemText } from '../../ui/text/problem-text.ts';
import styles from './board.module.css';

interface QuickAddProps {
  type: string;
  pipeline: number;
  stage: string;
  stop: () => void;
}

/** Title, amount, Enter; stays open for the next one. */
export function QuickAdd({ type, pipeline, stage, stop }: QuickAddProps) {
  const { t } = useTranslation();
  const { workspace } = useMe();
  const mayFill = useMayFill(type);
  const [title, setTitle] = useState('');
  const [amount, setAmount] = useState<string | null>(null);
  const titleInput = useRef<HTMLInputElement>(null);
  const { mutate: add, error: failed, isPending } = useAddItem((body) => addAsking(body, addItem));
  const error = failed instanceof GivenUp ? null : failed;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const money = amount === null ? {} : { amount: Number(amount), currency: workspace.currency };
    add({ type: itemType.parse(type), title, pipeline, stage, ...money }, { onSuccess: clear });
  };
  const clear = () => {
    setTitle('');
    setAmount(null);
    titleInput.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') stop();
  };

  return (
    <form className={styles.quickAdd} onSubmit={submit} onKeyDown={onKeyDown}>
      <TextInput
        ref={titleInput}
        aria-label={t('board.title')}
        placeholder={t('board.title')}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        error={error && (fieldProblem(error, 'title', t) ?? problemText(error, t))}
        autoFocus
      />
      {mayFill('amount') && (
        <DecimalInput
          aria-label={t('fields.amount')}
          placeholder={t('fields.amount')}
          value={amount}
          onChange={setAmount}
          min={0}
          decimals={decimalsOf(workspace.currency)}
          rightSection={<span className={styles.currency}>{workspace.currency}</span>}
          rightSectionWidth={48}
          error={fieldProblem(error, 'amount', t)}
        />
      )}
      <Group gap={6}>
        <Button type="submit" size="compact-sm" loading={isPending} disabled={title.trim() === ''}>
          {t('common.add')}
        </Button>
        <Button size="compact-sm" variant="subtle" color="gray" onClick={stop}>
          {t('common.cancel')}
        </Button>
      </Group>
    </form>
  );
}
